package io.github.llm4j.trainers.loop;

/**
 * What an evaluation gave.
 *
 * @param step steps done
 * @param loss mean loss of all targets of the validation text, in nats
 * @param targets how many those are
 * @param best whether no evaluation before was as good
 * @param seconds time it took
 */
public record EvaluationReport(
    long step, double loss, long targets, boolean best, double seconds) {}
