package io.github.llm4j.tokenizers.wordpiece;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.IdBuffer;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pipeline.Tokens;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import io.github.llm4j.tokenizers.vocabulary.WordCache;
import io.github.llm4j.tokenizers.vocabulary.WordHash;
import java.util.Map;

/**
 * WordPiece: the longest token that a word begins with, then the longest continuing one that the
 * rest begins with, and so on; a word for which that ends too early is unknown as a whole. Wu et
 * al. 2016; the matching is {@link LongestMatches}, linear in the word.
 */
public final class WordPiece implements TokenModel {
  private final Vocabulary tokens;
  private final String unknown;
  private final int unknownId;
  private final String prefix;
  private final long mostCharacters;
  private final LongestMatches matches;
  private final WordCache cache = new WordCache();

  /**
   * A model.
   *
   * @param unknown token of words that can't be made of tokens
   * @param prefix what tokens that go on inside a word begin with
   * @param mostCharacters longer words are unknown
   */
  public WordPiece(Vocabulary tokens, String unknown, String prefix, long mostCharacters) {
    this.tokens = tokens;
    this.unknown = unknown;
    this.unknownId = tokens.id(unknown);
    this.prefix = prefix;
    this.mostCharacters = mostCharacters;
    this.matches = new LongestMatches(tokens, prefix);
  }

  /** The model of a tokenizer.json. */
  public static WordPiece read(JsonPart model) {
    return new WordPiece(
        Vocabulary.read(model.get("vocab")),
        model.get("unk_token").isPresent() ? model.get("unk_token").text() : "[UNK]",
        model.get("continuing_subword_prefix").isPresent()
            ? model.get("continuing_subword_prefix").text()
            : "##",
        model.get("max_input_chars_per_word").isPresent()
            ? model.get("max_input_chars_per_word").count()
            : 100);
  }

  /** What tokens that go on inside a word begin with. */
  public String prefix() {
    return prefix;
  }

  @Override
  public Words words() {
    IdBuffer ids = new IdBuffer(0);
    IdBuffer ends = new IdBuffer(0);
    return (utf8, from, to, out) -> encode(ids, ends, utf8, from, to, out);
  }

  private void encode(IdBuffer ids, IdBuffer ends, byte[] utf8, int from, int to, Tokens out) {
    if (to - from <= WordCache.LONGEST) {
      int hash = WordHash.of(utf8, from, to);
      WordCache.Entry known = cache.find(hash, utf8, from, to);
      if (known == null) {
        compute(ids, ends, utf8, from, to);
        known = cache.put(hash, utf8, from, to, ids, ends);
      }
      known.addTo(out, from);
      return;
    }
    compute(ids, ends, utf8, from, to);
    int at = from;
    for (int i = 0; i < ids.size(); i++) {
      int end = from + ends.get(i);
      out.add(ids.get(i), at, end);
      at = end;
    }
  }

  private void compute(IdBuffer ids, IdBuffer ends, byte[] utf8, int from, int to) {
    ids.clear();
    ends.clear();
    if (!isTooLong(utf8, from, to) && matches.find(utf8, from, to, ids, ends)) {
      return;
    }
    if (unknownId < 0) {
      throw new LlmException(
          ErrorKind.USER,
          ("tokenizer 'wordpiece': words made of its tokens, or its unk_token \"%s\" in the"
                  + " vocabulary, expected, found a word of %,d bytes and no such token. Use a"
                  + " vocabulary that has it.")
              .formatted(unknown, to - from));
    }
    ids.clear();
    ends.clear();
    ids.add(unknownId);
    ends.add(to - from);
  }

  private boolean isTooLong(byte[] utf8, int from, int to) {
    if (to - from <= mostCharacters) {
      return false;
    }
    long characters = 0;
    for (int i = from; i < to && characters <= mostCharacters; i++) {
      characters += Utf8.begins(utf8[i]) ? 1 : 0;
    }
    return characters > mostCharacters;
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
    json.put("type", "WordPiece")
        .put("unk_token", unknown)
        .put("continuing_subword_prefix", prefix)
        .put("max_input_chars_per_word", mostCharacters);
    tokens.write(json.putObject("vocab"), added);
  }
}
