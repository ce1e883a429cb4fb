package io.github.llm4j.trainers.schedule;

/** The learning rate of each step: a function of the step alone, so that a resumed run goes on. */
@FunctionalInterface
public interface Schedule {

  /**
   * Learning rate.
   *
   * @param step counts from 0
   */
  double lr(long step);
}
