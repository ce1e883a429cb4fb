package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.layer.Cache;
import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.plan.ExternalOps;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of the tokens so far, in memory of the backend that all plans of a generator
 * share: {@code [B, S, K, D]} for each path. How many rows are valid is an input of each plan.
 */
final class KvCache {
  private final Backend backend;
  private final int capacity;
  private final Map<String, Buffer> buffers = new HashMap<>();

  private record Buffer(MemorySegment memory, TensorSpec spec) {}

  /**
   * An empty cache.
   *
   * @param capacity rows of each sequence (S)
   */
  KvCache(Backend backend, int capacity) {
    this.backend = backend;
    this.capacity = capacity;
  }

  /** Rows of each sequence (S). */
  int capacity() {
    return capacity;
  }

  /** Bytes of all buffers. */
  long bytes() {
    return buffers.values().stream().mapToLong(b -> b.spec.bytes()).sum();
  }

  /**
   * The cache as layers see it in one recording.
   *
   * @param recorder what the whole recording is made with
   * @param held {@code [B]} (I32): rows that are valid before the new ones
   * @param lengths {@code [B]} (I32): rows that are valid with the new ones
   */
  Cache in(ExternalOps recorder, Tensor held, Tensor lengths) {
    return new Cache() {
      @Override
      public Tensor append(Ops ops, String path, Tensor rows) {
        Buffer buffer = buffer(path, rows.spec());
        Tensor whole = recorder.external(buffer.memory, buffer.spec); // [B, S, K, D]
        return ops.apply(new CacheAppend(), List.of(whole, rows, held)).get(0);
      }

      @Override
      public Tensor lengths() {
        return lengths;
      }
    };
  }

  private Buffer buffer(String path, TensorSpec rows) {
    TensorSpec spec = rows.as(rows.shape().with(1, capacity)); // [B, T, ..] to [B, S, ..]
    Buffer buffer =
        buffers.computeIfAbsent(path, p -> new Buffer(backend.allocate(spec.bytes()), spec));
    if (!buffer.spec.equals(spec)) {
      throw new IllegalStateException(
          "cache " + path + ": rows for " + buffer.spec + " expected, found " + rows);
    }
    return buffer;
  }
}
