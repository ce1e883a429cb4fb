package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.trainers.run.Check;
import java.nio.file.Path;

/**
 * A text among others that a run learns from.
 *
 * @param path UTF-8 file; a relative one lies beside the config
 * @param weight how often rows come from it, relative to the others' weights
 */
@Doc("A text among others that a run learns from.")
public record MixedTextSettings(
    @Doc("UTF-8 file; a relative one lies beside the config.") Path path,
    @Doc("How often rows come from it, relative to the others' weights.") @Default("1")
        double weight) {

  /** Checks the range. */
  public MixedTextSettings {
    Check.that(weight > 0 && Double.isFinite(weight), "weight", "above 0", weight);
  }
}
