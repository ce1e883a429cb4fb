package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens and merges that were learned over characters: ids are the reserved tokens, the characters
 * in the order of their code points, those with the prefix, the merges in order. Of pairs that
 * occur equally often the one of older symbols goes first, as in the Rust library of the format.
 *
 * @param vocabulary the tokens
 * @param merges from the earliest on
 */
public record LearnedTokens(Vocabulary vocabulary, List<BytePairs.Merge> merges) {

  /**
   * What is to be learned.
   *
   * @param name what messages call the tokenizer
   * @param reserved texts of the first ids, as special tokens
   * @param vocabSize number of ids
   * @param minCount how often a pair must occur
   * @param characters number of different characters, at most
   * @param coverage share of all characters of the text that is enough
   * @param prefix what tokens that go on inside a word begin with
   * @param cut whether nothing is merged across a character that isn't kept; otherwise its
   *     neighbours are neighbours
   */
  public record Request(
      String name,
      List<String> reserved,
      int vocabSize,
      long minCount,
      int characters,
      double coverage,
      String prefix,
      boolean cut) {}

  /**
   * Learns.
   *
   * @throws LlmException if the reserved tokens and the characters are more than there are ids
   * @throws java.util.concurrent.CancellationException if the progress says so
   */
  public static LearnedTokens learn(Request request, WordCounts words, TokenizerContext context) {
    Alphabet alphabet =
        new Alphabet(words, request.characters(), request.coverage(), request.prefix());
    Map<String, Integer> ids = new LinkedHashMap<>();
    request.reserved().forEach(token -> id(ids, token));
    List<String> texts = new ArrayList<>(alphabet.texts());
    texts.forEach(text -> id(ids, text));
    if (ids.size() > request.vocabSize()) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer '%s': vocab-size of %,d or more expected, for %,d reserved tokens and %,d of characters, found %,d. Make vocab-size larger, or keep fewer characters."
              .formatted(
                  request.name(),
                  ids.size(),
                  request.reserved().size(),
                  alphabet.size(),
                  request.vocabSize()));
    }
    List<BpeLearner.Pair> pairs =
        BpeLearner.learn(
            request.cut() ? alphabet.cut(words) : words,
            alphabet,
            request.vocabSize() - ids.size(),
            request.minCount(),
            context.workers(),
            context.progress());
    List<BytePairs.Merge> merges = new ArrayList<>();
    for (BpeLearner.Pair pair : pairs) {
      String left = texts.get(pair.left());
      String right = texts.get(pair.right());
      String both =
          left
              + right.substring(right.startsWith(request.prefix()) ? request.prefix().length() : 0);
      texts.add(both);
      merges.add(new BytePairs.Merge(id(ids, left), id(ids, right), id(ids, both)));
    }
    byte[][] tokens = new byte[ids.size()][];
    ids.forEach((text, id) -> tokens[id] = text.getBytes(StandardCharsets.UTF_8));
    return new LearnedTokens(new Vocabulary(tokens), List.copyOf(merges));
  }

  /** Id of a text, a new one if it has none yet. */
  private static int id(Map<String, Integer> ids, String text) {
    Integer known = ids.putIfAbsent(text, ids.size());
    return known == null ? ids.size() - 1 : known;
  }
}
