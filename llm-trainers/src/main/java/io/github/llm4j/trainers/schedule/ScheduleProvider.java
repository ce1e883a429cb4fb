package io.github.llm4j.trainers.schedule;

import io.github.llm4j.api.component.ComponentProvider;

/**
 * Names a schedule and builds it.
 *
 * @param <S> its settings
 */
public interface ScheduleProvider<S extends Record>
    extends ComponentProvider<Schedule, S, ScheduleContext> {}
