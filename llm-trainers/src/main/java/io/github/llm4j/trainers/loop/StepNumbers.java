package io.github.llm4j.trainers.loop;

/**
 * What varies between steps besides the batch.
 *
 * @param seed the run's seed
 * @param step counts from 0
 * @param targets number of targets of the whole step, counted before its first micro-batch
 * @param rows rows of the whole step
 * @param lr learning rate
 */
public record StepNumbers(long seed, long step, long targets, int rows, double lr) {}
