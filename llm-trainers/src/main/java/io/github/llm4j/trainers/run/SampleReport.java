package io.github.llm4j.trainers.run;

/**
 * A text that the model wrote at an evaluation.
 *
 * @param step steps done
 * @param prompt what it went on with
 * @param text what it wrote
 * @param tokens targets learned from so far
 * @param elapsed seconds of training so far
 */
public record SampleReport(long step, String prompt, String text, long tokens, double elapsed) {}
