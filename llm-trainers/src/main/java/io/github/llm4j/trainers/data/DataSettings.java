package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.Doc;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run learns from and is measured with.
 *
 * @param train the training text
 * @param validation the text that the loss is measured with, if any
 */
@Doc("What a run learns from and is measured with.")
public record DataSettings(
    @Doc("The training text.") TextSettings train,
    @Doc("The text that the loss is measured with.") Optional<ValidationSettings> validation) {

  /** The same with relative paths made absolute. */
  public DataSettings in(Path folder) {
    return new DataSettings(train.in(folder), validation.map(v -> v.in(folder)));
  }
}
