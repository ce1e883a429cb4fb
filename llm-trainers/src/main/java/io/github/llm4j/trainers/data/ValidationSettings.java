package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.Percent;
import io.github.llm4j.trainers.run.Check;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The text that the loss is measured with: a file of its own, or the end of each training text.
 *
 * @param path UTF-8 file; a relative one lies beside the config
 * @param share part of each training text that is held back, from its end, as 10%
 * @param also further files by name, each measured for itself; which weights are best, and when
 *     training ends early, goes by the first text alone
 */
@Doc("The text that the loss is measured with: a file of its own, or the end of the training text.")
public record ValidationSettings(
    @Doc("UTF-8 file; a relative one lies beside the config.") Optional<Path> path,
    @Doc("Part of each training text that is held back, from its end, as 10%.") @Percent
        Optional<Double> share,
    @Doc("Further files by name, each measured for itself.") @Default("{}")
        Map<String, Path> also) {

  /** Checks that one of the two is there. */
  public ValidationSettings {
    Check.that(
        path.isPresent() != share.isPresent(),
        "share",
        "either path or share",
        path.isPresent() ? "both" : "neither");
    share.ifPresent(s -> Check.that(s > 0 && s < 1, "share", "above 0% and below 100%", s));
    Check.that(!also.containsKey(ValidationText.MAIN), "also", "other names", ValidationText.MAIN);
  }
}
