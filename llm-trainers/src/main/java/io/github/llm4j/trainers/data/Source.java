package io.github.llm4j.trainers.data;

/**
 * Ids that rows are drawn from.
 *
 * @param tokens the text
 * @param weight how often, relative to the others
 */
public record Source(Tokens tokens, double weight) {}
