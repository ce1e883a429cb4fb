package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The added tokens of a tokenizer. Those that aren't normalized are found first, in the text as it
 * was written; the others in what lies between them, normalized. Threading: immutable.
 */
final class AddedTokens {
  private final List<AddedToken> all;
  private final Optional<Normalizer> normalizer;
  private final TokenFinder asWritten = new TokenFinder();
  private final TokenFinder normalized = new TokenFinder();
  private final Map<Integer, byte[]> bytes = new HashMap<>();
  private final Map<String, Integer> special = new LinkedHashMap<>();

  AddedTokens(List<AddedToken> all, Optional<Normalizer> normalizer) {
    this.all = List.copyOf(all);
    this.normalizer = normalizer;
    for (AddedToken token : all) {
      if (token.normalized()) {
        normalized.add(
            normalizer.map(n -> n.normalize(token.content())).orElse(token.content()), token);
      } else {
        asWritten.add(token.content(), token);
      }
      bytes.put(token.id(), token.content().getBytes(StandardCharsets.UTF_8));
      if (token.special()) {
        special.put(token.content(), token.id());
      }
    }
  }

  static List<AddedToken> read(JsonPart list) {
    List<AddedToken> tokens = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    for (JsonPart item : list.items()) {
      AddedToken token = AddedToken.read(item);
      Integer before = ids.putIfAbsent(token.content(), token.id());
      if (before != null) {
        throw item.wrong("a content that no other has", "\"" + token.content() + "\" twice");
      }
      tokens.add(token);
    }
    return tokens;
  }

  void write(ArrayNode list) {
    all.forEach(token -> token.write(list.addObject()));
  }

  /** Takes a text apart into normalized texts without tokens and ids of tokens. */
  void split(String text, Consumer<String> texts, IntConsumer ids) {
    TokenFinder.Pieces inner =
        new TokenFinder.Pieces() {
          @Override
          public void text(String piece) {
            texts.accept(piece);
          }

          @Override
          public void token(AddedToken token) {
            ids.accept(token.id());
          }
        };
    asWritten.split(
        text,
        new TokenFinder.Pieces() {
          @Override
          public void text(String piece) {
            normalized.split(normalizer.map(n -> n.normalize(piece)).orElse(piece), inner);
          }

          @Override
          public void token(AddedToken token) {
            ids.accept(token.id());
          }
        });
  }

  /** UTF-8 of a token's content; empty if no added token has the id. */
  byte[] bytes(int id) {
    return bytes.getOrDefault(id, new byte[0]);
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
