package io.github.llm4j.tokenizers;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import java.nio.file.Path;

/** {@code file}: a tokenizer as it lies on the disk. Runs keep it as tokenizer.json. */
public final class FileProvider implements TokenizerProvider<FileSettings> {
  @Override
  public String type() {
    return "file";
  }

  @Override
  public Class<FileSettings> settings() {
    return FileSettings.class;
  }

  /**
   * Opens the file.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is missing, damaged, or of a kind that
   *     isn't known
   */
  @Override
  public Tokenizer create(FileSettings settings, TokenizerContext context) {
    return Tokenizers.open(Path.of(settings.path()));
  }

  @Override
  public String save(Tokenizer tokenizer) {
    return Tokenizers.json(tokenizer);
  }

  @Override
  public Tokenizer restore(String saved) {
    return Tokenizers.read("tokenizer.json", saved);
  }
}
