package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.arrays.ArrayLoops;
import io.github.llm4j.backend.cpu.arrays.ArrayScoreLoops;
import io.github.llm4j.backend.cpu.arrays.ArrayTiles;
import io.github.llm4j.backend.cpu.attention.FlashAttention;
import io.github.llm4j.backend.cpu.attention.VectorScoreLoops;
import io.github.llm4j.backend.cpu.onednn.OneDnnProducts;
import io.github.llm4j.backend.cpu.product.PanelProducts;
import io.github.llm4j.backend.cpu.product.VectorTiles;
import io.github.llm4j.backend.cpu.scalar.ScalarKernels;
import io.github.llm4j.backend.cpu.tile.TileKernels;
import io.github.llm4j.backend.cpu.vector.VectorProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rungs there are here, and which are missed.
 *
 * @param rungs fastest first; the scalar reference is always the last
 * @param missed why faster ones are not among them, and what to do; empty if all are
 */
record Ladder(List<Rung> rungs, String missed) {

  static Ladder of(Kernels kernels, Workers workers) {
    List<Rung> rungs = new ArrayList<>();
    List<Availability> missed = new ArrayList<>();
    boolean nativeProducts = false;
    if (kernels == Kernels.AUTO) {
      OneDnnProducts.Loaded loaded = OneDnnProducts.load(workers);
      loaded
          .products()
          .ifPresent(
              products ->
                  rungs.add(new Rung("products by " + loaded.availability().detail(), products)));
      nativeProducts = loaded.products().isPresent();
      missed.add(loaded.availability());
    }
    if (kernels == Kernels.AUTO || kernels == Kernels.VECTOR) {
      Availability vector = VectorProbe.probe();
      if (vector.usable()) {
        rungs.add(
            new Rung(
                "attention by the Vector API",
                new FlashAttention(workers, VectorTiles::new, VectorScoreLoops::new)));
        if (!nativeProducts) {
          rungs.add(
              new Rung("products by the Vector API", new PanelProducts(workers, VectorTiles::new)));
        }
        rungs.add(new Rung(vector.detail(), VectorProbe.kernels(workers)));
      } else if (kernels == Kernels.VECTOR) {
        throw new LlmException(
            ErrorKind.PLUGIN,
            "backend.kernels = vector: the Vector API expected, found that %s. %s"
                .formatted(vector.detail(), vector.remedy()));
      } else {
        if (!nativeProducts) {
          rungs.add(arrayProducts(workers));
        }
        rungs.add(arrayAttention(workers));
        rungs.add(arrays("loops over arrays", workers));
        missed.add(vector);
      }
    } else if (kernels == Kernels.ARRAYS) {
      rungs.add(arrayAttention(workers));
      rungs.add(arrayProducts(workers));
      rungs.add(arrays("loops over arrays", workers));
    }
    rungs.add(scalar());
    return new Ladder(rungs, text(missed));
  }

  /** What is missed of all that {@code auto} takes, without loading it. */
  static String probe() {
    return text(List.of(OneDnnProducts.probe(), VectorProbe.probe()));
  }

  private static String text(List<Availability> found) {
    return found.stream()
        .filter(a -> !a.usable())
        .map(a -> "Missed: " + a.detail() + (a.remedy().isEmpty() ? "." : ". " + a.remedy()))
        .collect(Collectors.joining(" "));
  }

  private static Rung arrayAttention(Workers workers) {
    return new Rung(
        "attention over arrays",
        new FlashAttention(workers, ArrayTiles::new, ArrayScoreLoops::new));
  }

  private static Rung arrayProducts(Workers workers) {
    return new Rung("products over arrays", new PanelProducts(workers, ArrayTiles::new));
  }

  private static Rung arrays(String description, Workers workers) {
    return new Rung(description, new TileKernels(new ArrayLoops(), workers));
  }

  static Rung scalar() {
    return new Rung("scalar reference", new ScalarKernels());
  }
}
