package io.github.llm4j.trainers.loop;

/**
 * What an evaluation gave.
 *
 * @param step steps done
 * @param set what it was measured with
 * @param loss mean loss of all targets of the set, in nats
 * @param targets how many those are
 * @param best whether this set is the one that counts, and no evaluation before was as good
 * @param seconds time it took
 * @param tokens targets learned from so far
 * @param elapsed seconds of training so far
 */
public record EvaluationReport(
    long step,
    String set,
    double loss,
    long targets,
    boolean best,
    double seconds,
    long tokens,
    double elapsed) {}
