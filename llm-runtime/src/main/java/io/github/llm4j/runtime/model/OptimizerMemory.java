package io.github.llm4j.runtime.model;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.optimizer.OptimizerStep.Part;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.plan.ExternalOps;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an optimizer works on: the arenas of masters, gradients and copy, and its own states, which
 * begin as zeros.
 */
public final class OptimizerMemory {
  private final ParameterArena arena;
  private final DType type;
  private final MemorySegment masters;
  private final MemorySegment gradients;
  private final Optional<MemorySegment> copy;
  private final Map<String, StateTensor> states = new LinkedHashMap<>();

  /**
   * Allocates the states.
   *
   * @param arena what lies where in the arenas
   * @param type of masters, gradients and states
   * @param masters {@code [N]}
   * @param gradients {@code [N]}
   * @param copy {@code [N]} (BF16), if there is one
   */
  public OptimizerMemory(
      Backend backend,
      Optimizer optimizer,
      ParameterArena arena,
      DType type,
      MemorySegment masters,
      MemorySegment gradients,
      Optional<MemorySegment> copy) {
    this.arena = arena;
    this.type = type;
    this.masters = masters;
    this.gradients = gradients;
    this.copy = copy;
    for (Optimizer.State state : optimizer.states(arena)) {
      TensorSpec spec = new TensorSpec(state.shape(), type);
      StateTensor made = new StateTensor(spec, backend.allocate(spec.bytes()));
      if (states.put(state.name(), made) != null) {
        throw new IllegalArgumentException("the optimizer has two states '" + state.name() + "'");
      }
    }
  }

  /** For the parameters of a model. */
  public static OptimizerMemory of(Backend backend, Optimizer optimizer, Parameters parameters) {
    return new OptimizerMemory(
        backend,
        optimizer,
        parameters.arena(),
        parameters.arenaSpec().dtype(),
        parameters.masters(),
        parameters.gradients(),
        parameters.copy());
  }

  /** The states by name, in the optimizer's order. */
  public Map<String, StateTensor> states() {
    return states;
  }

  /**
   * What an update sees while it is recorded.
   *
   * @param hyper the optimizer's numbers
   * @param scale what gradients are multiplied with
   * @param finite 0 if the update must do nothing
   */
  public OptimizerStep on(ExternalOps ops, Tensor hyper, Tensor scale, Tensor finite) {
    Shape flat = Shape.of(Math.toIntExact(arena.elements()));
    Map<String, Tensor> handles = new LinkedHashMap<>();
    states.forEach((name, state) -> handles.put(name, ops.external(state.memory(), state.spec())));
    List<Part> parts = new ArrayList<>();
    for (Slice slice : arena.learned()) {
      parts.add(
          new Part(
              slice,
              view(ops, masters, type, slice.offset(), slice.shape()),
              view(ops, gradients, type, slice.offset(), slice.shape()),
              copy.map(c -> view(ops, c, DType.BF16, slice.offset(), slice.shape()))));
    }
    return new OptimizerStep(
        arena,
        view(ops, masters, type, 0, flat),
        view(ops, gradients, type, 0, flat),
        copy.map(c -> view(ops, c, DType.BF16, 0, flat)),
        parts,
        handles,
        hyper,
        scale,
        finite);
  }

  private static Tensor view(
      ExternalOps ops, MemorySegment memory, DType type, long from, Shape shape) {
    TensorSpec spec = new TensorSpec(shape, type);
    return ops.external(memory.asSlice(type.bytes(from), spec.bytes()), spec);
  }
}
