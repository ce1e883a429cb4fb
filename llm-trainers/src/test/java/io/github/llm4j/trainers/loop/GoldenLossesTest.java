package io.github.llm4j.trainers.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.backend.cpu.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten losses of a tiny run with dropout, and the norms behind them, as numbers that stay: a change
 * that alters them changes what training gives. {@code -Dgolden.update} writes them anew; say in
 * the commit why they are others.
 */
class GoldenLossesTest {
  private static final int STEPS = 10;
  private static final int MICRO = 4;
  private static final double LR = 1e-2;
  private static final double DROPOUT = 0.1;
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private static String file(Precision precision) {
    return "losses-" + precision.name().toLowerCase(Locale.ROOT) + ".txt";
  }

  /** The losses in the order of the steps, each with the norm of its gradient. */
  private static List<Double> golden(Precision precision) throws IOException {
    try (InputStream in =
        GoldenLossesTest.class.getResourceAsStream("/golden/" + file(precision))) {
      if (in == null) {
        throw new AssertionError(file(precision) + " expected, found none. Run -Dgolden.update.");
      }
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\s+"))
          .map(Double::valueOf)
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void theReferenceGivesThemExactly(Precision precision) throws IOException {
    for (boolean recompute : new boolean[] {false, true}) {
      try (Tiny tiny = Tiny.reference(DROPOUT, recompute, precision)) {
        List<Double> found = tiny.train(STEPS, MICRO, LR);
        if (System.getProperty("golden.update") != null && !recompute) {
          Files.createDirectories(FOLDER);
          Files.writeString(FOLDER.resolve(file(precision)), text(found));
        } else if (System.getProperty("golden.update") == null) {
          assertEquals(golden(precision), found, precision + ", recompute " + recompute);
        }
      }
    }
  }

  private static String text(List<Double> numbers) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += 2) {
      lines.add(numbers.get(i) + " " + numbers.get(i + 1) + "\n");
    }
    return lines.stream().collect(Collectors.joining());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void theCpuGivesThemOnAnyThreadsRecomputedOrNot(Precision precision) throws IOException {
    List<Double> first = null;
    for (int threads : new int[] {1, 2}) {
      for (boolean recompute : new boolean[] {false, true}) {
        try (Tiny tiny = new Tiny(threads, DROPOUT, recompute, precision, Kernels.AUTO)) {
          List<Double> found = tiny.train(STEPS, MICRO, LR);
          first = first == null ? found : first;
          String how = "%s, %d threads, recompute %s".formatted(precision, threads, recompute);
          assertEquals(first, found, how);
          assertNear(golden(precision), found, precision, how);
        }
      }
    }
  }

  private static void assertNear(
      List<Double> golden, List<Double> found, Precision precision, String how) {
    assertEquals(golden.size(), found.size(), how);
    double tolerance = precision == Precision.F32 ? 1e-5 : 0.02;
    for (int i = 0; i < golden.size(); i++) {
      assertEquals(golden.get(i), found.get(i), tolerance * golden.get(i), how + ", number " + i);
    }
  }
}
