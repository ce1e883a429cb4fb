package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads byte-pair models: of a tokenizer.json, or of GPT-2's vocab.json and merges.txt. */
public final class BytePairsFile {
  /** A vocabulary with greater ids is damaged, and would fill the memory. */
  private static final int MOST = 1 << 24;

  private final Map<String, Integer> vocabulary;
  private final byte[][] tokens;
  private final List<BytePairs.Merge> merges = new ArrayList<>();

  private BytePairsFile(JsonPart part) {
    vocabulary = part.ids();
    if (vocabulary.isEmpty()) {
      throw part.wrong("tokens with their ids");
    }
    int most = vocabulary.values().stream().mapToInt(i -> i).max().orElse(0);
    if (most >= MOST) {
      throw part.wrong("ids below " + MOST, "id " + most);
    }
    tokens = new byte[most + 1][];
    Arrays.fill(tokens, new byte[0]);
    vocabulary.forEach(
        (token, id) -> {
          byte[] bytes = ByteLetters.bytes(token);
          if (bytes.length == 0) {
            return; // an added token in its own letters: it is in added_tokens, or never found
          }
          if (tokens[id].length > 0) {
            throw part.wrong("ids that no two tokens share", id + " twice, again for " + token);
          }
          tokens[id] = bytes;
        });
  }

  /** The model of a tokenizer.json. */
  public static BytePairs read(JsonPart model) {
    for (String key : List.of("unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
      if (!model.get(key).textOrEmpty().isEmpty()) {
        throw model.get(key).wrong("null, as byte-level models have it,");
      }
    }
    if (model.get("dropout").isPresent() && model.get("dropout").json().asDouble() != 0) {
      throw model.get("dropout").wrong("null or 0");
    }
    if (model.get("byte_fallback").flag(false)) {
      throw model.get("byte_fallback").wrong("false, as byte-level models have it,");
    }
    BytePairsFile file = new BytePairsFile(model.get("vocab"));
    for (JsonPart merge : model.get("merges").items()) {
      if (merge.json().isArray()) {
        List<JsonPart> pair = merge.items();
        if (pair.size() != 2) {
          throw merge.wrong("a pair of tokens");
        }
        file.add(pair.get(0).text(), pair.get(1).text(), merge::wrong);
      } else {
        file.add(merge.text(), merge::wrong);
      }
    }
    return new BytePairs(file.tokens, file.merges, model.get("ignore_merges").flag(false));
  }

  /**
   * The model of vocab.json and merges.txt.
   *
   * @param name what messages call merges.txt
   */
  public static BytePairs read(JsonPart vocabulary, String name, String mergesText) {
    BytePairsFile file = new BytePairsFile(vocabulary);
    List<String> lines = mergesText.replace("\r\n", "\n").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int line = i + 1;
      if (i > 0 || !lines.get(i).startsWith("#version")) {
        file.add(
            lines.get(i),
            (expected, found) ->
                new LlmException(
                    ErrorKind.USER,
                    "%s:%d: %s expected, found %s. The file is damaged; copy it again."
                        .formatted(name, line, expected, found)));
      }
    }
    return new BytePairs(file.tokens, file.merges, false);
  }

  private interface Wrong {
    LlmException found(String expected, String found);
  }

  private void add(String pair, Wrong wrong) {
    int space = pair.indexOf(' ');
    if (space <= 0 || space != pair.lastIndexOf(' ') || space == pair.length() - 1) {
      throw wrong.found("two tokens with a space between them", "\"" + pair + "\"");
    }
    add(pair.substring(0, space), pair.substring(space + 1), wrong);
  }

  private void add(String left, String right, Wrong wrong) {
    merges.add(
        new BytePairs.Merge(
            id(left, left, right, wrong),
            id(right, left, right, wrong),
            id(left + right, left, right, wrong)));
  }

  private int id(String token, String left, String right, Wrong wrong) {
    @Nullable Integer id = vocabulary.get(token);
    if (id == null || tokens[id].length == 0) {
      throw wrong.found(
          "a merge of tokens in the vocabulary",
          "'%s' and '%s' without '%s' in it".formatted(left, right, token));
    }
    return id;
  }
}
