package io.github.llm4j.trainers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
  private static Tokens numbers(int count) {
    return Tokens.of(IntStream.range(0, count).toArray());
  }

  @ParameterizedTest
  @CsvSource({"2, 4, 1", "5, 4, 1", "6, 4, 3", "9, 4, 2", "207, 13, 4", "1025, 64, 12"})
  void evaluationHasEveryTargetOnce(int count, int length, int rows) {
    OrderedWindows windows = new OrderedWindows(numbers(count), length);
    Batch batch = Batch.of(rows, length);
    int[] seen = new int[count];
    for (long first = 0; first < windows.windows(); first += rows) {
      windows.fill(batch, first);
      for (int i = 0; i < batch.targets().length; i++) {
        if (batch.targets()[i] >= 0) {
          seen[batch.targets()[i]]++;
          assertEquals(batch.targets()[i] - 1, batch.ids()[i]);
        }
      }
    }
    int[] once = new int[count];
    Arrays.fill(once, 1, count, 1); // the first id has none before it
    assertArrayEquals(once, seen);
    assertEquals(count - 1, windows.targets());
  }

  @Test
  void aRowIsTheSameInAnySplit() {
    RandomWindows windows = RandomWindows.of(numbers(1000), 16, 7);
    Batch whole = Batch.of(8, 16);
    windows.fill(whole, 3, 0);
    assertEquals(8 * 16, whole.count());
    for (int rows : new int[] {1, 2, 4}) {
      Batch part = Batch.of(rows, 16);
      for (int row = 0; row < 8; row += rows) {
        windows.fill(part, 3, row);
        assertArrayEquals(Arrays.copyOfRange(whole.ids(), row * 16, (row + rows) * 16), part.ids());
      }
    }
    Batch next = Batch.of(8, 16);
    windows.fill(next, 4, 0);
    assertNotEquals(Arrays.toString(whole.ids()), Arrays.toString(next.ids()));
  }

  @Test
  void placesAreUniformAndReachBothEnds() {
    RandomWindows windows = RandomWindows.of(numbers(20), 16, 1); // starts 0 .. 3
    int[] hits = new int[4];
    for (int step = 0; step < 4000; step++) {
      hits[Math.toIntExact(windows.start(windows.sources().get(0).tokens(), step, 0))]++;
    }
    for (int hit : hits) {
      assertTrue(Math.abs(hit - 1000) < 150, Arrays.toString(hits)); // 5 standard deviations
    }
  }

  @Test
  void textsAreDrawnByTheirWeights() {
    RandomWindows mixed =
        new RandomWindows(
            List.of(
                new Source(numbers(50), 3),
                new Source(numbers(60), 0.5),
                new Source(numbers(70), 1.5)),
            16,
            5);
    int[] hits = new int[3];
    for (int step = 0; step < 500; step++) {
      for (int row = 0; row < 20; row++) {
        hits[mixed.source(step, row)]++;
      }
    }
    assertEquals(0.6, hits[0] / 1e4, 0.02);
    assertEquals(0.1, hits[1] / 1e4, 0.02);
    assertEquals(0.3, hits[2] / 1e4, 0.02);
  }
}
