package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/** Reads byte-pair models: of a tokenizer.json, or of GPT-2's vocab.json and merges.txt. */
public final class BytePairsFile {
  private final PairRules rules;
  private final Vocabulary tokens;
  private final List<BytePairs.Merge> merges = new ArrayList<>();

  private BytePairsFile(JsonPart vocabulary, PairRules rules) {
    this.rules = rules;
    this.tokens = Vocabulary.read(vocabulary, text -> Symbols.bytes(rules, text));
  }

  private BytePairs model() {
    return new BytePairs(tokens, merges, rules);
  }

  /**
   * The model of a tokenizer.json.
   *
   * @param bytes whether its words are bytes, since a component before it is {@code ByteLevel}
   */
  public static BytePairs read(JsonPart model, boolean bytes) {
    if (model.get("dropout").isPresent() && model.get("dropout").json().asDouble(1) != 0) {
      throw model.get("dropout").wrong("null or 0");
    }
    BytePairsFile file = new BytePairsFile(model.get("vocab"), PairRules.read(model, bytes));
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
    return file.model();
  }

  /**
   * The model of vocab.json and merges.txt.
   *
   * @param name what messages call merges.txt
   */
  public static BytePairs read(JsonPart vocabulary, String name, String mergesText) {
    BytePairsFile file = new BytePairsFile(vocabulary, PairRules.ofBytes(false));
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
    return file.model();
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
    String prefix = rules.prefix().orElse("");
    String behind = right.startsWith(prefix) ? right.substring(prefix.length()) : right;
    merges.add(
        new BytePairs.Merge(
            id(left, left, right, wrong),
            id(right, left, right, wrong),
            id(left + behind, left, right, wrong)));
  }

  private int id(String token, String left, String right, Wrong wrong) {
    byte[] bytes = Symbols.bytes(rules, token);
    int id = bytes.length == 0 ? -1 : tokens.id(bytes, 0, bytes.length);
    if (id < 0) {
      throw wrong.found(
          "a merge of tokens in the vocabulary",
          "'%s' and '%s' without '%s' in it".formatted(left, right, token));
    }
    return id;
  }
}
