package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.Doc;
import java.nio.file.Path;

/**
 * A text.
 *
 * @param path UTF-8 file; a relative one lies beside the config
 */
@Doc("A text.")
public record TextSettings(@Doc("UTF-8 file; a relative one lies beside the config.") Path path) {

  TextSettings in(Path folder) {
    return new TextSettings(folder.resolve(path));
  }
}
