package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Map;

/**
 * {@code characters}: one id for each code point of the training texts. Saved as a word-level
 * vocabulary over a split into single characters, which other libraries read from tokenizer.json.
 */
public final class CharactersProvider implements TokenizerProvider<CharactersSettings> {
  static final String TYPE = "characters";

  /** Each character for itself, line ends too. */
  private static final String ANY = "[\\s\\S]";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public Class<CharactersSettings> settings() {
    return CharactersSettings.class;
  }

  /**
   * Reads all training texts.
   *
   * @throws LlmException if they are empty or hold half a surrogate pair
   */
  @Override
  public Tokenizer create(CharactersSettings settings, TokenizerContext context) {
    BitSet known = new BitSet();
    for (TokenizerContext.Source text : context.texts()) {
      try (Reader reader = text.open()) {
        collect(reader, known);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (known.isEmpty()) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer 'characters': training text expected to learn the characters from, found %s."
                  .formatted(context.texts().isEmpty() ? "none" : "empty text")
              + " Name a text in data.train, or use tokenizer 'bytes', which learns nothing.");
    }
    if (known.nextSetBit(Character.MIN_SURROGATE) >= 0
        && known.nextSetBit(Character.MIN_SURROGATE) <= Character.MAX_SURROGATE) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer 'characters': whole characters expected in the training text, found half of a"
              + " surrogate pair. Save the text as UTF-8.");
    }
    return new CharactersTokenizer(known.stream().toArray());
  }

  private static void collect(Reader reader, BitSet known) throws IOException {
    char[] buffer = new char[1 << 16];
    int high = -1; // a high surrogate whose low one may be in the next buffer
    for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
      for (int i = 0; i < n; i++) {
        char c = buffer[i];
        if (high >= 0 && Character.isLowSurrogate(c)) {
          known.set(Character.toCodePoint((char) high, c));
          high = -1;
          continue;
        }
        if (high >= 0) {
          known.set(high);
          high = -1;
        }
        if (Character.isHighSurrogate(c)) {
          high = c;
        } else {
          known.set(c);
        }
      }
    }
    if (high >= 0) {
      known.set(high);
    }
  }

  @Override
  public String save(Tokenizer tokenizer) {
    ObjectNode root = Frame.empty().json();
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Split");
    split.putObject("pattern").put("Regex", ANY);
    split.put("behavior", "Isolated").put("invert", false);
    root.putObject("decoder").put("type", "Fuse");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    ObjectNode vocabulary = model.putObject("vocab");
    int[] codePoints = ((CharactersTokenizer) tokenizer).codePoints();
    for (int id = 0; id < codePoints.length; id++) {
      vocabulary.put(Character.toString(codePoints[id]), id);
    }
    model.put("unk_token", "<unk>"); // the format wants a name; no text ever gets it
    return Frame.text(root);
  }

  @Override
  public Tokenizer restore(String saved) {
    return read(JsonPart.of("tokenizer.json", saved));
  }

  /** Whether a tokenizer.json is one of characters: each is a token, in ascending order. */
  static boolean isOne(JsonPart root) {
    JsonPart model = root.get("model");
    JsonPart cut = root.get("pre_tokenizer");
    return model.get("type").json().asText().equals("WordLevel")
        && cut.get("type").json().asText().equals("Split")
        && cut.get("pattern").get("Regex").json().asText().equals(ANY)
        && !root.get("normalizer").isPresent()
        && root.get("added_tokens").items().isEmpty()
        && model.get("vocab").ids().keySet().stream()
            .allMatch(token -> token.codePointCount(0, token.length()) == 1);
  }

  static Tokenizer read(JsonPart root) {
    root.get("model").type("WordLevel");
    JsonPart preTokenizer = root.get("pre_tokenizer");
    preTokenizer.type("Split");
    JsonPart pattern = preTokenizer.get("pattern").get("Regex");
    if (!pattern.text().equals(ANY)) {
      throw pattern.wrong("\"" + ANY.replace("\\", "\\\\") + "\", each character for itself,");
    }
    JsonPart vocabulary = root.get("model").get("vocab");
    Map<String, Integer> ids = vocabulary.ids();
    if (ids.isEmpty()) {
      throw vocabulary.wrong("characters with their ids");
    }
    int[] codePoints = new int[ids.size()];
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      String character = entry.getKey();
      int id = entry.getValue();
      if (character.isEmpty()
          || character.codePointCount(0, character.length()) != 1
          || Surrogates.isSurrogate(character.codePointAt(0))
          || id >= codePoints.length) {
        throw vocabulary.wrong(
            "single characters with ids from 0 to " + (codePoints.length - 1),
            "\"" + character + "\" with id " + id);
      }
      codePoints[id] = character.codePointAt(0);
    }
    for (int id = 1; id < codePoints.length; id++) {
      if (codePoints[id] <= codePoints[id - 1]) {
        throw vocabulary.wrong("characters in ascending order", "a break at id " + id);
      }
    }
    return new CharactersTokenizer(codePoints);
  }
}
