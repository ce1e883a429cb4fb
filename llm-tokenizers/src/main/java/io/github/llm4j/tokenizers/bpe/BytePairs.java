package io.github.llm4j.tokenizers.bpe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.IdBuffer;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pipeline.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Byte-pair encoding over bytes: a word begins as its bytes, and as long as any two neighbours have
 * a merge, those with the earliest one become one token. Sennrich et al. 2016, algorithm 1; over
 * bytes as in Radford et al. 2019.
 */
public final class BytePairs implements TokenModel {
  private static final byte[] NOTHING = {};

  private final byte[][] tokens;
  private final int[] byteIds = new int[256];
  private final List<Merge> merges;
  private final PairTable table;
  private final boolean ignoreMerges;
  private final Map<String, Integer> whole = new HashMap<>();
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
   * @param tokens bytes of each id, empty where there is no token
   * @param merges from the earliest on
   * @param ignoreMerges whether a word that is a token is taken as it is
   */
  BytePairs(byte[][] tokens, List<Merge> merges, boolean ignoreMerges) {
    this.tokens = tokens;
    this.merges = List.copyOf(merges);
    this.ignoreMerges = ignoreMerges;
    Arrays.fill(byteIds, -1);
    for (int id = 0; id < tokens.length; id++) {
      if (tokens[id].length == 1) {
        byteIds[tokens[id][0] & 0xFF] = id;
      }
      if (ignoreMerges && tokens[id].length > 0) {
        whole.put(new String(tokens[id], StandardCharsets.ISO_8859_1), id);
      }
    }
    table = new PairTable(merges.size());
    for (int rank = 0; rank < merges.size(); rank++) {
      Merge merge = merges.get(rank);
      table.put(merge.left(), merge.right(), rank, merge.id());
    }
  }

  /**
   * A model that was learned.
   *
   * @param first id of the first byte; lower ones are left to special tokens
   * @param learned pairs of the learner's symbols: bytes are themselves, then the merges in order
   */
  public static BytePairs learned(int first, List<BpeLearner.Pair> learned) {
    int[] ids = new int[256 + learned.size()];
    byte[][] tokens = new byte[first + ids.length][];
    Arrays.fill(tokens, NOTHING);
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
    return new BytePairs(tokens, List.of(merges), false);
  }

  static byte[] join(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  /** Whether the text of a special token is also what a token looks like in a vocabulary. */
  public boolean hasLetters(String text) {
    byte[] bytes = ByteLetters.bytes(text);
    return bytes.length > 0 && Arrays.stream(tokens).anyMatch(t -> Arrays.equals(t, bytes));
  }

  /** Merges from the earliest on. */
  public List<Merge> merges() {
    return merges;
  }

  @Override
  public Words words() {
    WordMerger merger = new WordMerger(table, byteIds);
    IdBuffer found = new IdBuffer(0);
    return (utf8, from, to, out) -> encode(merger, found, utf8, from, to, out);
  }

  private void encode(
      WordMerger merger, IdBuffer found, byte[] utf8, int from, int to, Tokens out) {
    if (to - from == 1) {
      out.add(WordMerger.known(byteIds, utf8[from]), from, to);
      return;
    }
    if (to - from > WordCache.LONGEST) {
      found.clear();
      compute(merger, utf8, from, to, found);
      add(found, from, out);
      return;
    }
    int hash = WordHash.of(utf8, from, to);
    int[] known = cache.find(hash, utf8, from, to);
    if (known == null) {
      found.clear();
      compute(merger, utf8, from, to, found);
      known = found.toArray();
      cache.put(hash, utf8, from, to, known);
    }
    if (out.ranges()) {
      int at = from;
      for (int id : known) {
        out.add(id, at, at + tokens[id].length);
        at += tokens[id].length;
      }
    } else {
      out.addAll(known);
    }
  }

  private void add(IdBuffer found, int from, Tokens out) {
    int at = from;
    for (int i = 0; i < found.size(); i++) {
      int id = found.get(i);
      out.add(id, at, at + tokens[id].length);
      at += tokens[id].length;
    }
  }

  private void compute(WordMerger merger, byte[] utf8, int from, int to, IdBuffer ids) {
    if (ignoreMerges) {
      Integer id = whole.get(new String(utf8, from, to - from, StandardCharsets.ISO_8859_1));
      if (id != null) {
        ids.add(id);
        return;
      }
    }
    merger.merge(utf8, from, to, ids);
  }

  @Override
  public byte[] bytes(int id) {
    return id < tokens.length ? tokens[id] : NOTHING;
  }

  @Override
  public int vocabSize() {
    return tokens.length;
  }

  @Override
  public void write(ObjectNode json, Map<Integer, String> added) {
    json.put("type", "BPE")
        .putNull("dropout")
        .putNull("unk_token")
        .putNull("continuing_subword_prefix")
        .putNull("end_of_word_suffix")
        .put("fuse_unk", false)
        .put("byte_fallback", false)
        .put("ignore_merges", ignoreMerges);
    ObjectNode vocabulary = json.putObject("vocab");
    for (int id = 0; id < tokens.length; id++) {
      if (tokens[id].length > 0) {
        vocabulary.put(ByteLetters.letters(tokens[id]), id);
      } else if (added.containsKey(id)) {
        vocabulary.put(added.get(id), id);
      }
    }
    ArrayNode pairs = json.putArray("merges");
    for (Merge merge : merges) {
      pairs
          .addArray()
          .add(ByteLetters.letters(tokens[merge.left()]))
          .add(ByteLetters.letters(tokens[merge.right()]));
    }
  }
}
