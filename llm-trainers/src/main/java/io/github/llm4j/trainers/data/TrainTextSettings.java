package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.trainers.run.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run learns from: one text, or several by weight.
 *
 * @param path UTF-8 file; a relative one lies beside the config
 * @param mix texts by name, instead of path
 */
@Doc("What a run learns from: one text, or several by weight.")
public record TrainTextSettings(
    @Doc("UTF-8 file; a relative one lies beside the config.") Optional<Path> path,
    @Doc("Texts by name, each with path and weight; instead of path.") @Default("{}")
        Map<String, MixedTextSettings> mix) {

  /** Checks that it is given once. */
  public TrainTextSettings {
    Check.that(
        path.isPresent() == mix.isEmpty(),
        "path",
        "either path or mix",
        path.isPresent() ? "both" : "neither");
  }

  /** One text. */
  public static TrainTextSettings of(Path path) {
    return new TrainTextSettings(Optional.of(path), Map.of());
  }

  /** All texts, in an order of their own. */
  List<Named> texts() {
    return path.map(p -> List.of(new Named("data.train.path", p, 1)))
        .orElseGet(
            () ->
                mix.entrySet().stream()
                    .map(
                        e ->
                            new Named(
                                "data.train.mix." + e.getKey() + ".path",
                                e.getValue().path(),
                                e.getValue().weight()))
                    .toList());
  }

  /** A text with the key that names it. */
  record Named(String key, Path path, double weight) {}
}
