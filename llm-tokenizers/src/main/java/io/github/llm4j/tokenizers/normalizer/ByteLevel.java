package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.bpe.ByteLetters;
import io.github.llm4j.tokenizers.pipeline.Stage;
import java.nio.charset.StandardCharsets;

/**
 * {@code ByteLevel} as a normalizer: each byte becomes the letter that stands for it in byte-level
 * vocabularies, and comes from its whole character. All that follows sees letters, the model too,
 * which then is one over characters.
 */
final class ByteLevel implements Step {
  static final String TYPE = "ByteLevel";

  private final CharChanges changes = new CharChanges(ByteLevel::letters, false);

  private static String letters(int c) {
    StringBuilder letters = new StringBuilder();
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      letters.append(ByteLetters.letter(b & 0xFF));
    }
    return letters.toString();
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    return changes.open(aligned, next);
  }

  @Override
  public boolean parts(int before, int after) {
    return true;
  }

  @Override
  public boolean keeps(int c) {
    return changes.keeps(c);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
  }
}
