package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.layer.Cache;
import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.Recorder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One text in a decoder with its cache: {@link #feed} takes tokens and gives the logits behind
 * them.
 *
 * <p>Tokens go in chunks of a few sizes (1, 16, 32, .. 256), each with a plan that is recorded once
 * and replayed. A chunk that isn't full is padded behind its tokens: the rows of the padding lie
 * behind all that a real token sees, and the next chunk overwrites them. Chunks but the last are of
 * the greatest size, so that padding never goes beyond the cache's end.
 *
 * <p>Threading: one thread.
 */
final class Decoding {
  private static final int SMALLEST = 16;
  private static final int LARGEST = 256;

  private final Model model;
  private final KvCache cache;
  private final PlanArena arena;
  private final int largest;
  private final Map<Integer, Plan> plans = new TreeMap<>();
  private final float[] logits;
  private int held;

  /** An empty text, whose plans have an arena of their own. */
  Decoding(Model model) {
    this(model, new PlanArena(model.backend()));
  }

  /** An empty text. */
  Decoding(Model model, PlanArena arena) {
    this.model = model;
    int size = SMALLEST;
    while (size < model.contextLength() && size < LARGEST) {
      size *= 2;
    }
    this.largest = size;
    int chunks = (model.contextLength() + size - 1) / size;
    this.cache = new KvCache(model.backend(), chunks * size);
    this.arena = arena;
    this.logits = new float[model.vocabSize()];
  }

  /** Tokens that are in the cache. */
  int held() {
    return held;
  }

  /** Sizes of the plans that have been recorded. */
  java.util.Set<Integer> planSizes() {
    return plans.keySet();
  }

  /** Bytes of keys and values. */
  long cacheBytes() {
    return cache.bytes();
  }

  /** Bytes that it takes besides the model, with plans for one token and for the largest chunk. */
  GenerationMemory memory() {
    Plan one = plans.computeIfAbsent(1, this::record);
    Plan most = plans.computeIfAbsent(largest, this::record);
    long plansOwn = one.ownBytes() + most.ownBytes();
    return new GenerationMemory(cache.bytes(), arena.bytes(), plansOwn, one.work());
  }

  /** Forgets the text. */
  void clear() {
    held = 0;
  }

  /** Records what {@link #feed} needs for so many tokens at the beginning, and for one later. */
  void prepare(int count) {
    plans.computeIfAbsent(1, this::record);
    for (int left = count; left > 0; left -= largest) {
      plans.computeIfAbsent(size(Math.min(left, largest), largest), this::record);
    }
  }

  /**
   * Takes tokens that follow those held.
   *
   * @param ids at least one, at most the context's length together with those held
   * @return logits of the token that follows them, {@code [V]}; overwritten by the next call
   */
  float[] feed(int[] ids) {
    if (ids.length == 0 || held + ids.length > model.contextLength()) {
      throw new IllegalArgumentException(
          ids.length + " tokens behind " + held + " in a context of " + model.contextLength());
    }
    model.parameters().refresh();
    int from = 0;
    while (from < ids.length) {
      // only a chunk that begins at a multiple of the largest size may be padded up to it
      int room = largest - held % largest;
      int count = Math.min(room, ids.length - from);
      run(ids, from, count, size(count, room));
      from += count;
    }
    return logits;
  }

  /** The smallest size of plan that takes these tokens and no more than the room. */
  private static int size(int count, int room) {
    if (count == 1) {
      return 1;
    }
    int size = SMALLEST;
    while (size < count) {
      size *= 2;
    }
    return size <= room ? size : 1;
  }

  private void run(int[] ids, int from, int count, int size) {
    if (size < count) { // near the end of a chunk: token by token
      for (int i = 0; i < count; i++) {
        run(ids, from + i, 1, 1);
      }
      return;
    }
    Plan plan = plans.computeIfAbsent(size, this::record);
    int[] padded = new int[size];
    int[] positions = new int[size];
    for (int t = 0; t < size; t++) {
      padded[t] = t < count ? ids[from + t] : 0;
      positions[t] = Math.min(held + t, model.contextLength() - 1);
    }
    plan.set("ids", padded);
    plan.set("positions", positions);
    plan.set("held", new int[] {held});
    plan.set("lengths", new int[] {held + size});
    plan.set("last", new int[] {count - 1});
    plan.run();
    held += count;
    plan.get("logits", logits);
  }

  private Plan record(int size) {
    Recorder recorder = new Recorder(model.backend());
    Tensor ids = recorder.input("ids", TensorSpec.of(DType.I32, 1, size)); // [1, T]
    Tensor positions = recorder.input("positions", TensorSpec.of(DType.I32, 1, size)); // [1, T]
    Tensor before = recorder.input("held", TensorSpec.of(DType.I32, 1)); // [1]
    Tensor lengths = recorder.input("lengths", TensorSpec.of(DType.I32, 1)); // [1]
    Tensor last = recorder.input("last", TensorSpec.of(DType.I32, 1)); // [1]
    Cache keysAndValues = cache.in(recorder, before, lengths);
    Layout layout = new Layout(true, positions, Optional.of(lengths), Optional.empty());
    Pass pass =
        model.pass(
            recorder,
            model.parameters().on(recorder),
            Mode.GENERATE,
            layout,
            Optional.of(keysAndValues),
            Optional.empty());
    Tensor all = model.assembly().forward(Inputs.ids(ids), pass).logits(); // [1, T, V]
    Tensor rows = recorder.reshape(all, Shape.of(size, all.shape().last())); // [T, V]
    recorder.output("logits", recorder.cast(recorder.gatherRows(rows, last), DType.F32)); // [1, V]
    return recorder.plan(arena);
  }
}
