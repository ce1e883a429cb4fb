package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a resumed run's config changes against the run's own. What a model is and what it learns
 * from can't change; how fast it learns can, and is said; the rest has no part in the result.
 */
final class Changes {
  private static final List<String> FREE =
      List.of(
          "name",
          "threads",
          "backend",
          "trainer.steps",
          "trainer.epochs",
          "trainer.evaluate",
          "trainer.early-stop",
          "trainer.checkpoint",
          "trainer.samples",
          "trainer.log",
          "data.validation");
  private static final List<String> SAID =
      List.of("trainer.optimizer", "trainer.schedule", "trainer.clip-norm", "trainer.steps");

  private Changes() {}

  /**
   * Compares.
   *
   * @return what will go on in another way than it began, as {@code trainer.optimizer.lr = 1e-3,
   *     was 3e-3}
   * @throws LlmException if something differs that can't; names all of it
   */
  static List<String> check(Map<String, Bound.Value> was, Map<String, Bound.Value> now) {
    List<String> said = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    TreeSet<String> paths = new TreeSet<>(was.keySet());
    paths.addAll(now.keySet());
    for (String path : paths) {
      String before = text(was.get(path));
      String after = text(now.get(path));
      if (before.equals(after)) {
        continue;
      }
      boolean optimizer = path.equals("trainer.optimizer.type");
      if (!optimizer && within(path, SAID)) {
        said.add("%s = %s, was %s".formatted(path, after, before));
      } else if (optimizer || !within(path, FREE)) {
        refused.add("  %s = %s, was %s".formatted(path, after, before));
      }
    }
    if (!refused.isEmpty()) {
      throw new LlmException(
          ErrorKind.USER,
          "--resume: the config that the run began with expected, found changed:\n%s\nChange it back, or train anew under another name."
              .formatted(String.join("\n", refused)));
    }
    return said;
  }

  private static String text(Bound.@org.jspecify.annotations.Nullable Value value) {
    return value == null || value.text().equals("null") ? "nothing" : value.text();
  }

  private static boolean within(String path, List<String> parents) {
    return parents.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "."));
  }
}
