package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.Percent;
import io.github.llm4j.trainers.run.Check;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The text that the loss is measured with: a file of its own, or the end of the training text.
 *
 * @param path UTF-8 file; a relative one lies beside the config
 * @param share part of the training text that is held back, from its end, as 10%
 */
@Doc("The text that the loss is measured with: a file of its own, or the end of the training text.")
public record ValidationSettings(
    @Doc("UTF-8 file; a relative one lies beside the config.") Optional<Path> path,
    @Doc("Part of the training text that is held back, from its end, as 10%.") @Percent
        Optional<Double> share) {

  /** Checks that one of the two is there. */
  public ValidationSettings {
    Check.that(
        path.isPresent() != share.isPresent(),
        "share",
        "either path or share",
        path.isPresent() ? "both" : "neither");
    share.ifPresent(s -> Check.that(s > 0 && s < 1, "share", "above 0% and below 100%", s));
  }

  ValidationSettings in(Path folder) {
    return new ValidationSettings(path.map(folder::resolve), share);
  }
}
