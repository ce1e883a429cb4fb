package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * Kernels that plugins add: for ops of their own, and for ours only where the config says so.
 *
 * @param providers who has kernels for this backend
 * @param replace names of our ops that they may compute
 */
record PluginKernels(List<KernelProvider> providers, List<String> replace) {
  private static final String OURS = "llm4j:";

  /** The providers for a backend. */
  static PluginKernels of(String backend, List<KernelProvider> all, List<String> replace) {
    List<KernelProvider> mine = all.stream().filter(p -> p.backend().equals(backend)).toList();
    return new PluginKernels(mine, List.copyOf(replace));
  }

  Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    if (op.name().startsWith(OURS) && !replace.contains(op.name())) {
      return Optional.empty();
    }
    return providers.stream().flatMap(p -> p.kernel(op, inputs).stream()).findFirst();
  }
}
