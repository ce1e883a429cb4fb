package io.github.llm4j.tokenizers.bpe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import io.github.llm4j.tokenizers.vocabulary.WordCache;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Byte-pair encoding: a word begins as its bytes or characters, and as long as any two neighbours
 * have a merge, those with the earliest one become one token. Sennrich et al. 2016, algorithm 1;
 * over bytes as in Radford et al. 2019.
 *
 * <p>A word is cut where that changes nothing, see {@link Cuts}; its parts of up to 32 bytes are
 * looked up among those met before; how long ones are merged, see {@link LongWords}.
 */
public final class BytePairs implements TokenModel {
  private final Vocabulary tokens;
  private final List<Merge> merges;
  private final PairRules rules;
  private final PairTable table;
  private final Symbols symbols;
  private final Cuts cuts;
  private final WordCache cache = new WordCache();

  /**
   * Two tokens that become one.
   *
   * @param left id of the first
   * @param right id of the second
   * @param id id of both together
   */
  public record Merge(int left, int right, int id) {}

  /**
   * A model.
   *
   * @param merges from the earliest on; of two for one pair the later holds
   */
  public BytePairs(Vocabulary tokens, List<Merge> merges, PairRules rules) {
    this.tokens = tokens;
    this.merges = List.copyOf(merges);
    this.rules = rules;
    table = new PairTable(merges.size());
    for (int rank = 0; rank < merges.size(); rank++) {
      Merge merge = merges.get(rank);
      table.put(merge.left(), merge.right(), rank, merge.id());
    }
    symbols = new Symbols(tokens, rules);
    cuts = new Cuts(tokens, this.merges, rules, symbols);
  }

  /**
   * A byte-level model that was learned.
   *
   * @param first id of the first byte; lower ones are left to special tokens
   * @param learned pairs of the learner's symbols: bytes are themselves, then the merges in order
   */
  public static BytePairs learned(int first, List<BpeLearner.Pair> learned) {
    int[] ids = new int[256 + learned.size()];
    byte[][] tokens = new byte[first + ids.length][];
    Arrays.fill(tokens, new byte[0]);
    int next = first;
    for (int b : ByteLetters.inOrder()) {
      tokens[next] = new byte[] {(byte) b};
      ids[b] = next++;
    }
    Merge[] merges = new Merge[learned.size()];
    for (int i = 0; i < merges.length; i++) {
      BpeLearner.Pair pair = learned.get(i);
      merges[i] = new Merge(ids[pair.left()], ids[pair.right()], next);
      tokens[next] = join(tokens[merges[i].left()], tokens[merges[i].right()]);
      ids[256 + i] = next++;
    }
    return new BytePairs(new Vocabulary(tokens), List.of(merges), PairRules.ofBytes(false));
  }

  static byte[] join(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  /** Whether the text of a special token is also what a token looks like in a vocabulary. */
  public boolean hasLetters(String text) {
    byte[] bytes = Symbols.bytes(rules, text);
    return bytes.length > 0 && tokens.id(bytes, 0, bytes.length) >= 0;
  }

  /** Merges from the earliest on. */
  public List<Merge> merges() {
    return merges;
  }

  @Override
  public Words words() {
    return new PairWords(tokens, rules, symbols, table, cuts, cache);
  }

  @Override
  public boolean parts(int before, int after) {
    return !rules.bytes() && !rules.ignoreMerges() && cuts.between(before, after);
  }

  @Override
  public byte[] bytes(int id) {
    return tokens.bytes(id);
  }

  @Override
  public String token(int id) {
    byte[] met = tokens.met(id);
    return met.length > 0 ? text(met) : new String(tokens.bytes(id), StandardCharsets.UTF_8);
  }

  @Override
  public int vocabSize() {
    return tokens.size();
  }

  @Override
  public void write(ObjectNode json, Map<Integer, String> added) {
    rules.write(json);
    tokens.write(json.putObject("vocab"), added, this::text);
    ArrayNode pairs = json.putArray("merges");
    for (Merge merge : merges) {
      pairs.addArray().add(text(tokens.met(merge.left()))).add(text(tokens.met(merge.right())));
    }
  }

  private String text(byte[] token) {
    return rules.bytes() ? ByteLetters.letters(token) : new String(token, StandardCharsets.UTF_8);
  }
}
