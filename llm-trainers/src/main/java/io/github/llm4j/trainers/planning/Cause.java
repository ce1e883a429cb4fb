package io.github.llm4j.trainers.planning;

/**
 * Memory that a run holds.
 *
 * @param name what lies there, as {@code gradients}
 * @param bytes how much
 * @param detail how it comes about, in a few words
 */
public record Cause(String name, long bytes, String detail) {}
