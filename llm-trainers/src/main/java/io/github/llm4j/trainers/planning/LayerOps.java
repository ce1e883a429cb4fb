package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.ResidualNorm;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.model.Outline;
import io.github.llm4j.runtime.model.OutlinePart;
import io.github.llm4j.runtime.plan.CountedBackend;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.PlanEntry;
import io.github.llm4j.runtime.plan.Recorder;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ops that a model's layers call in a forward pass, recorded as plans are, but before a backend
 * puts some of them together.
 *
 * @param rows that were recorded: a number that is no other size of the model
 * @param length tokens of a row that were recorded: no other size either, if there is such a number
 *     up to the context's length
 * @param entries in the order in which they are computed
 */
public record LayerOps(int rows, int length, List<PlanEntry> entries) {

  /** Copies the list. */
  public LayerOps {
    entries = List.copyOf(entries);
  }

  /** Those of a layer alone, without its parts'. */
  public List<PlanEntry> at(String path) {
    return entries.stream().filter(e -> e.path().equals(path)).toList();
  }

  /** Records the ops of an architecture; needs no backend and no memory. */
  static LayerOps of(ComponentSpec<Assembly> spec, Outline outline) {
    Set<Integer> sizes = sizes(outline);
    int rows = 2;
    while (sizes.contains(rows)) {
      rows++;
    }
    int length = outline.contextLength();
    while (length > 1 && (sizes.contains(length) || sizes.contains(rows * length))) {
      length--;
    }
    if (length == 1) {
      length = outline.contextLength();
    }
    CountedBackend backend = new CountedBackend(new EveryKernel());
    ModelOptions options = ModelOptions.of(0, Precision.F32);
    Model model = Model.planned(spec, outline.vocabSize(), options, backend);
    Recorder recorder = new Recorder(backend);
    TensorSpec shape = TensorSpec.of(DType.I32, rows, length);
    Tensor ids = recorder.input("ids", shape); // [B, T]
    Layout layout = Layout.full(true, recorder.input("positions", shape));
    Tensor logits =
        model
            .assembly()
            .forward(
                Inputs.ids(ids),
                model.pass(
                    recorder,
                    model.parameters().on(recorder),
                    Mode.EVALUATE,
                    layout,
                    Optional.empty(),
                    Optional.empty()))
            .logits(); // [B, T, V]
    recorder.output("logits", logits);
    return new LayerOps(rows, length, recorder.plan(new PlanArena(backend)).entries());
  }

  /** All sizes that stand for something else than rows and tokens. */
  private static Set<Integer> sizes(Outline outline) {
    Set<Integer> sizes =
        outline
            .root()
            .all()
            .flatMap(LayerOps::sizesOf)
            .collect(Collectors.toCollection(HashSet::new));
    sizes.addAll(List.of(1, outline.vocabSize(), outline.dModel(), outline.contextLength()));
    return sizes;
  }

  private static Stream<Integer> sizesOf(OutlinePart part) {
    Map<String, Integer> named = part.sizes();
    int heads = Math.max(1, named.getOrDefault("H", 1));
    int groups = heads / Math.max(1, named.getOrDefault("K", heads));
    Stream<Integer> own = Stream.of(part.in(), part.out(), part.in() / heads, groups);
    Stream<Integer> shapes =
        part.parameters().stream().flatMap(p -> IntStream.of(p.shape().sizes()).boxed());
    return Stream.concat(Stream.concat(own, named.values().stream()), shapes);
  }

  /** Has a kernel for every op that layers call, so that all are recorded as they are. */
  private static final class EveryKernel implements Backend {
    @Override
    public String name() {
      return "every kernel";
    }

    @Override
    public String description() {
      return "computes nothing";
    }

    @Override
    public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
      if (op instanceof ResidualNorm) { // layers don't call it
        return Optional.empty();
      }
      return Optional.of(bindings -> () -> {});
    }

    @Override
    public MemorySegment allocate(long bytes) {
      throw new UnsupportedOperationException("memory is counted");
    }

    @Override
    public void upload(MemorySegment host, MemorySegment device) {}

    @Override
    public void download(MemorySegment device, MemorySegment host) {}

    @Override
    public void close() {}
  }
}
