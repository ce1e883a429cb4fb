package io.github.llm4j.tokenizers.bpe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.llm4j.tokenizers.pipeline.IdBuffer;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongWordsTest {
  private static final String[] LETTERS = {"a", "b", "é", "日"};

  private final long seed = Long.getLong("llm4j.seed", 1);
  private final Random random = new Random(seed);
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<BytePairs.Merge> merges = new ArrayList<>();

  private int id(String token) {
    Integer known = ids.putIfAbsent(token, ids.size());
    return known == null ? ids.size() - 1 : known;
  }

  /** Tokens in all ways in which two others make them, in any order. */
  private void randomMerges(int letters) {
    for (int i = 0; i < letters; i++) {
      id(LETTERS[i]);
    }
    id("<unk>");
    List<String> tokens = new ArrayList<>(ids.keySet());
    tokens.remove("<unk>");
    for (int n = random.nextInt(25); n > 0; n--) {
      String left = tokens.get(random.nextInt(tokens.size()));
      String right = tokens.get(random.nextInt(tokens.size()));
      if (left.length() + right.length() < 12) {
        merges.add(new BytePairs.Merge(id(left), id(right), id(left + right)));
        tokens.add(left + right);
      }
    }
    Collections.shuffle(merges, random);
  }

  private static void merge(
      Symbols symbols, PairTable table, boolean windows, byte[] word, IdBuffer ids, IdBuffer ends) {
    new LongWords(symbols, table, windows).merge(word, 0, word.length, ids, ends);
  }

  @Test
  void windowsGiveWhatTheWholeGives() {
    System.out.println("seed " + seed);
    for (int i = 0; i < 60; i++) {
      ids.clear();
      merges.clear();
      int letters = 1 + random.nextInt(LETTERS.length);
      randomMerges(letters);
      byte[][] tokens =
          ids.keySet().stream()
              .map(token -> token.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
      PairRules rules =
          new PairRules(
              false,
              Optional.of("<unk>"),
              random.nextBoolean(),
              false,
              Optional.empty(),
              Optional.empty(),
              false);
      Symbols symbols = new Symbols(new Vocabulary(tokens), rules);
      PairTable table = new PairTable(merges.size());
      for (int rank = 0; rank < merges.size(); rank++) {
        table.put(merges.get(rank).left(), merges.get(rank).right(), rank, merges.get(rank).id());
      }
      StringBuilder text = new StringBuilder();
      boolean unknown = random.nextInt(4) == 0;
      for (int n = 8_000 + random.nextInt(40_000); n > 0; n--) {
        text.append(unknown && random.nextInt(3) > 0 ? "x" : LETTERS[random.nextInt(letters)]);
      }
      byte[] word = text.toString().getBytes(StandardCharsets.UTF_8);
      IdBuffer wholeIds = new IdBuffer(0);
      IdBuffer wholeEnds = new IdBuffer(0);
      merge(symbols, table, false, word, wholeIds, wholeEnds);
      IdBuffer windowIds = new IdBuffer(0);
      IdBuffer windowEnds = new IdBuffer(0);
      merge(symbols, table, true, word, windowIds, windowEnds);
      String shown = "seed " + seed + ", model " + i;
      assertArrayEquals(wholeIds.toArray(), windowIds.toArray(), shown);
      assertArrayEquals(wholeEnds.toArray(), windowEnds.toArray(), shown);
    }
  }
}
