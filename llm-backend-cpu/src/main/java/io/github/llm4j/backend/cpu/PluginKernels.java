package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * Kernels that plugins add: for ops of their own, and for ours only where the config says so.
 *
 * @param sets kernels for this backend
 * @param replace names of our ops that they may compute
 */
record PluginKernels(List<KernelSet> sets, List<String> replace) {
  private static final String OURS = "llm4j:";

  /** The kernels for a backend. */
  static PluginKernels of(String backend, BackendContext context, List<String> replace) {
    List<KernelSet> mine =
        context.kernels().stream()
            .filter(p -> p.backend().equals(backend))
            .map(p -> p.kernels(context.workers()))
            .toList();
    return new PluginKernels(mine, List.copyOf(replace));
  }

  Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    if (op.name().startsWith(OURS) && !replace.contains(op.name())) {
      return Optional.empty();
    }
    return sets.stream().flatMap(s -> s.kernel(op, inputs).stream()).findFirst();
  }
}
