package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The entries of a vocabulary, the model's and those that were added. Threading: immutable. */
final class Entries {
  private final String name;
  private final AddedTokens added;
  private final TokenModel model;
  private final int size;
  private volatile @Nullable Map<String, Integer> ids;

  /**
   * Entries.
   *
   * @param name what messages call the tokenizer
   */
  Entries(String name, AddedTokens added, TokenModel model) {
    this.name = name;
    this.added = added;
    this.model = model;
    this.size = Math.max(model.vocabSize(), added.end());
  }

  String name() {
    return name;
  }

  int size() {
    return size;
  }

  /** Text of an entry; empty if there is none. */
  String find(int id) {
    AddedToken token = added.get(id);
    return token != null ? token.content() : id < model.vocabSize() ? model.token(id) : "";
  }

  /**
   * Text of an entry.
   *
   * @throws LlmException if there is none
   */
  String text(int id) {
    Ids.check(name, id, size);
    String text = find(id);
    if (text.isEmpty()) {
      throw missing(id);
    }
    return text;
  }

  /** The error about an id without an entry. */
  LlmException missing(int id) {
    return new LlmException(
        ErrorKind.USER,
        ("tokenizer '%s': an id that has a token expected, found %d, which has none. The ids come"
                + " from a model with another tokenizer, or with a padded vocabulary.")
            .formatted(name, id));
  }

  boolean special(int id) {
    AddedToken token = added.get(id);
    return token != null && token.special();
  }

  /** Id of an entry; an added one's, if a text has two. */
  OptionalInt id(String text) {
    Map<String, Integer> known = ids;
    if (known == null) {
      known = HashMap.newHashMap(size);
      for (int id = size - 1; id >= 0; id--) {
        if (id < model.vocabSize()) {
          known.put(model.token(id), id);
        }
      }
      known.remove("");
      for (Map.Entry<Integer, String> entry : added.contents().entrySet()) {
        known.put(entry.getValue(), entry.getKey());
      }
      ids = known;
    }
    Integer id = known.get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
