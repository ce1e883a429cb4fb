package io.github.llm4j.runtime.plan;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Walks along a plan and sees what each launch gave: profile, finite check, trace, explain. */
@FunctionalInterface
public interface Observer {

  /** Before a launch. */
  default void before(PlanEntry entry) {}

  /**
   * After a launch.
   *
   * @param entry the launch
   * @param outputs memory of each output; empty for one that is not wanted
   */
  void after(PlanEntry entry, List<Optional<MemorySegment>> outputs);
}
