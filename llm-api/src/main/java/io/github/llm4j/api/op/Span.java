package io.github.llm4j.api.op;

/**
 * A range of a flat arena of parameters, and how an optimizer treats it. One whose lrScale is 0 is
 * frozen: nothing of it is written, neither weights nor states.
 *
 * @param from first element
 * @param to element behind the last
 * @param weightDecay decay of the range
 * @param lrScale factor on the learning rate
 */
public record Span(long from, long to, double weightDecay, double lrScale) {}
