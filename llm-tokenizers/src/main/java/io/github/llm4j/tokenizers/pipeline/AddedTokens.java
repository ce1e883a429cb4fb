package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The added tokens of a tokenizer. Those that aren't normalized are found first, in the text as it
 * was written; the others in what lies between them, normalized. Threading: immutable.
 */
final class AddedTokens {
  private final List<AddedToken> all;
  private final List<AddedToken> asWritten;
  private final List<AddedToken> normalized;
  private final Optional<Normalizer> normalizer;
  private final TokenFinder writtenFinder;
  private final TokenFinder normalizedFinder;
  private final Map<Integer, AddedToken> byId = new HashMap<>();
  private final Map<String, Integer> special = new LinkedHashMap<>();
  private final int longest;

  AddedTokens(List<AddedToken> all, Optional<Normalizer> normalizer) {
    this.all = List.copyOf(all);
    this.normalizer = normalizer;
    this.asWritten = all.stream().filter(t -> !t.normalized()).toList();
    this.normalized = all.stream().filter(AddedToken::normalized).toList();
    this.writtenFinder = new TokenFinder(asWritten.stream().map(AddedToken::content).toList());
    this.normalizedFinder = new TokenFinder(normalized.stream().map(this::normalize).toList());
    for (AddedToken token : all) {
      byId.put(token.id(), token);
      if (token.special()) {
        special.put(token.content(), token.id());
      }
    }
    this.longest = all.stream().mapToInt(t -> t.content().length()).max().orElse(0);
  }

  private String normalize(AddedToken token) {
    String content = token.content();
    if (normalizer.isEmpty()) {
      return content;
    }
    Text text = Text.of("added token", content);
    Text result = new Text(false);
    normalizer.get().open(false, result::append).take(text, 0, text.length());
    return new String(result.bytes(), 0, result.length(), StandardCharsets.UTF_8);
  }

  void write(ArrayNode list) {
    all.forEach(token -> token.write(list.addObject()));
  }

  /** A stage that takes the tokens out and hands on normalized texts without them. */
  Stage open(Tokens tokens, Stage next) {
    Stage inner =
        normalized.isEmpty()
            ? next
            : new AddedTokenStage(normalizedFinder, normalized, tokens, next);
    Stage middle = normalizer.isEmpty() ? inner : normalizer.get().open(tokens.ranges(), inner);
    return asWritten.isEmpty()
        ? middle
        : new AddedTokenStage(writtenFinder, asWritten, tokens, middle);
  }

  /**
   * Whether a token may stand in a text in other letters than its own, so that {@link #touches}
   * can't tell.
   */
  boolean hidden() {
    return normalizer.isPresent() && !normalized.isEmpty();
  }

  /** Whether none swallows blanks. */
  boolean keeps() {
    return all.stream().noneMatch(token -> token.lstrip() || token.rstrip());
  }

  /** Chars of the longest. */
  int longest() {
    return longest;
  }

  /** Whether a token may touch the place before the char at {@code border}. */
  boolean touches(CharSequence text, int border) {
    if (longest == 0) {
      return false;
    }
    for (AddedToken token : all) {
      String content = token.content();
      for (int from = Math.max(0, border - content.length()); from <= border; from++) {
        if (startsWith(text, from, content)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean startsWith(CharSequence text, int from, String content) {
    if (from + content.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < content.length(); i++) {
      if (text.charAt(from + i) != content.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The token with an id; null if no added one has it. */
  @Nullable AddedToken get(int id) {
    return byId.get(id);
  }

  /** Texts of all by their ids. */
  Map<Integer, String> contents() {
    Map<Integer, String> contents = new HashMap<>();
    all.forEach(token -> contents.put(token.id(), token.content()));
    return contents;
  }

  Map<String, Integer> special() {
    return Collections.unmodifiableMap(special);
  }

  /** One more than the greatest id; 0 if there are none. */
  int end() {
    return all.stream().mapToInt(AddedToken::id).max().orElse(-1) + 1;
  }
}
