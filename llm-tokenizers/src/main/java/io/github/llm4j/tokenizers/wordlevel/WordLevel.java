package io.github.llm4j.tokenizers.wordlevel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One token for each word: its own, or that of unknown words.
 *
 * <p>Linear in the text.
 */
public final class WordLevel implements TokenModel {
  private static final int MOST_SHOWN = 40;

  private final Vocabulary tokens;
  private final String unknown;
  private final int unknownId;

  /**
   * A model.
   *
   * @param unknown token of words that the vocabulary lacks; if it isn't there itself, they are
   *     refused
   */
  public WordLevel(Vocabulary tokens, String unknown) {
    this.tokens = tokens;
    this.unknown = unknown;
    this.unknownId = tokens.id(unknown);
  }

  /** The model of a tokenizer.json. */
  public static WordLevel read(JsonPart model) {
    return new WordLevel(
        Vocabulary.read(model.get("vocab")),
        model.get("unk_token").isPresent() ? model.get("unk_token").text() : "<unk>");
  }

  @Override
  public Words words() {
    return (utf8, from, to, out) -> {
      int id = tokens.id(utf8, from, to);
      if (id < 0 && unknownId < 0) {
        throw missing(utf8, from, to);
      }
      out.add(id < 0 ? unknownId : id, from, to);
    };
  }

  private LlmException missing(byte[] utf8, int from, int to) {
    String word = new String(utf8, from, to - from, StandardCharsets.UTF_8);
    int shown = Math.min(word.length(), MOST_SHOWN);
    return new LlmException(
        ErrorKind.USER,
        ("tokenizer 'word-level': one of the %,d words of its vocabulary, or its unk_token \"%s\""
                + " among them, expected, found \"%s%s\". Use a vocabulary that has it.")
            .formatted(
                tokens.size(),
                unknown,
                word.substring(0, shown),
                shown < word.length() ? "…" : ""));
  }

  @Override
  public byte[] bytes(int id) {
    return tokens.bytes(id);
  }

  @Override
  public int vocabSize() {
    return tokens.size();
  }

  @Override
  public void write(ObjectNode json, Map<Integer, String> added) {
    json.put("type", "WordLevel");
    tokens.write(json.putObject("vocab"), added);
    json.put("unk_token", unknown);
  }
}
