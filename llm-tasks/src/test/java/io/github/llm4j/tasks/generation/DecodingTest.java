package io.github.llm4j.tasks.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.backend.cpu.CpuBackendProvider;
import io.github.llm4j.backend.cpu.CpuSettings;
import io.github.llm4j.backend.cpu.Kernels;
import io.github.llm4j.backend.cpu.ReferenceBackendProvider;
import io.github.llm4j.backend.cpu.ReferenceSettings;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private static final int VOCABULARY = 11;

  private final Backend backend =
      new ReferenceBackendProvider()
          .create(new ReferenceSettings(), new BackendContext(new WorkerPool(1), List.of()));

  @AfterEach
  void close() {
    backend.close();
  }

  private Model model(int context, int heads, int kvHeads) {
    return Model.build(
        TinyDecoder.of(new TinyDecoder.Settings(2, 4 * heads, heads, kvHeads, context)),
        VOCABULARY,
        ModelOptions.of(3, Precision.F32),
        backend);
  }

  private static int[] ids(Random random, int n) {
    return random.ints(n, 0, VOCABULARY).toArray();
  }

  @Test
  void cachedLogitsEqualTheFullForward() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int[] shape : new int[][] {{64, 2, 2}, {37, 4, 2}, {5, 2, 1}}) {
      Model model = model(shape[0], shape[1], shape[2]);
      Decoding decoding = new Decoding(model);
      for (int text = 0; text < 4; text++) {
        int[] ids = ids(random, 1 + random.nextInt(shape[0]));
        decoding.clear();
        for (int at = 0; at < ids.length; ) {
          int n = Math.min(1 + random.nextInt(at == 0 ? 20 : 5), ids.length - at);
          float[] logits = decoding.feed(Arrays.copyOfRange(ids, at, at + n));
          at += n;
          assertArrayEquals(
              FullForward.last(model, Arrays.copyOf(ids, at)), logits, 1e-4f, "seed " + seed);
        }
        assertEquals(ids.length, decoding.held());
      }
    }
  }

  @Test
  void promptsOfAllLengthsAreChunked() {
    Random random = new Random(5);
    Model model = model(600, 1, 1);
    Decoding decoding = new Decoding(model);
    for (int n : new int[] {1, 2, 15, 16, 17, 255, 256, 257, 512, 513, 600}) {
      int[] ids = ids(random, n);
      decoding.clear();
      assertArrayEquals(FullForward.last(model, ids), decoding.feed(ids), 1e-4f, "prompt of " + n);
    }
    assertTrue(
        Set.of(1, 16, 32, 64, 128, 256).containsAll(decoding.planSizes()),
        decoding.planSizes().toString());
  }

  @Test
  void plansAreRecordedOnceAndTheCacheIsOne() {
    Model model = model(64, 2, 1);
    Decoding decoding = new Decoding(model);
    decoding.feed(new int[] {1, 2, 3});
    long bytes = decoding.cacheBytes();
    assertEquals(2 * 2 * 64 * 4 * Float.BYTES, bytes); // keys and values of 2 layers, [64, 1, 4]
    for (int i = 0; i < 20; i++) {
      decoding.feed(new int[] {i % VOCABULARY});
    }
    assertEquals(Set.of(1, 16), decoding.planSizes());
    assertEquals(bytes, decoding.cacheBytes());
  }

  @Test
  void moreThanTheContextIsRefused() {
    Decoding decoding = new Decoding(model(8, 1, 1));
    decoding.feed(new int[6]);
    assertThrows(IllegalArgumentException.class, () -> decoding.feed(new int[3]));
    decoding.feed(new int[2]);
    assertThrows(IllegalArgumentException.class, () -> decoding.feed(new int[1]));
  }

  @Test
  void theCpuBackendAgreesWithTheReference() {
    int[] ids = ids(new Random(9), 21);
    Decoding reference = new Decoding(model(32, 2, 1));
    float[] expected = reference.feed(ids).clone();
    try (Backend cpu =
        new CpuBackendProvider()
            .create(
                CpuSettings.of(Kernels.AUTO), new BackendContext(new WorkerPool(2), List.of()))) {
      Model model =
          Model.build(
              TinyDecoder.of(new TinyDecoder.Settings(2, 8, 2, 1, 32)),
              VOCABULARY,
              ModelOptions.of(3, Precision.F32),
              cpu);
      assertArrayEquals(expected, new Decoding(model).feed(ids), 1e-4f);
    }
  }
}
