package io.github.llm4j.trainers.schedule;

/**
 * What a schedule is built with.
 *
 * @param lr peak learning rate, the optimizer's
 * @param steps steps of the whole run
 */
public record ScheduleContext(double lr, long steps) {}
