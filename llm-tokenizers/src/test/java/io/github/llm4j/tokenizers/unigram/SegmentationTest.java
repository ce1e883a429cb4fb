package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.formats.sentencepiece.Piece;
import io.github.llm4j.formats.sentencepiece.PieceType;
import io.github.llm4j.tokenizers.unigram.Collected.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The best path against all paths, and against sums over the whole text. */
class SegmentationTest {
  private static final long SEED = Long.getLong("llm4j.seed", 1);
  private static final String[] LETTERS = {"a", "b", "ä", "\u2581", "漢", "😀"};

  @BeforeAll
  static void seed() {
    System.out.println("seed " + SEED);
  }

  /** A vocabulary with its scores; its first piece stands for the unknown. */
  private record Vocabulary(List<String> pieces, float[] scores) {
    UnigramModel model(boolean single) {
      double[] doubles = new double[scores.length];
      List<Piece> typed = new ArrayList<>();
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = scores[i];
        PieceType type = i == 0 ? PieceType.UNKNOWN : PieceType.NORMAL;
        typed.add(new Piece(pieces.get(i), scores[i], type));
      }
      return single
          ? UnigramModel.ofFloats(typed, false)
          : UnigramModel.ofDoubles(pieces, doubles, 0, false);
    }

    /** The least score, without the unknown's: it is greater than others. */
    float least() {
      float least = Float.MAX_VALUE;
      for (int i = 1; i < scores.length; i++) {
        least = Math.min(least, scores[i]);
      }
      return least;
    }
  }

  /** Scores in steps of a half are added without rounding, and are often equal. */
  private static Vocabulary vocabulary(Random random, boolean halves, boolean metaInside) {
    List<String> pieces = new ArrayList<>(List.of("<unk>"));
    int most = 2 + random.nextInt(30);
    for (int i = 0; i < most; i++) {
      String piece = text(random, 1 + random.nextInt(5));
      if (!pieces.contains(piece) && (metaInside || piece.lastIndexOf('\u2581') <= 0)) {
        pieces.add(piece);
      }
    }
    if (pieces.size() == 1) {
      pieces.add("a");
    }
    float[] scores = new float[pieces.size()];
    for (int i = 1; i < scores.length; i++) {
      scores[i] = halves ? -random.nextInt(12) / 2f : -6 * random.nextFloat();
    }
    return new Vocabulary(pieces, scores);
  }

  private static String text(Random random, int letters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theBestOfAllSegmentationsIsFound(boolean single) {
    Random random = new Random(SEED);
    for (int i = 0; i < 150; i++) {
      Vocabulary vocabulary = vocabulary(random, true, i % 2 == 0);
      Session session = vocabulary.model(single).open();
      for (int t = 0; t < 5; t++) {
        String text = text(random, random.nextInt(9));
        List<Token> best = List.of();
        double bestSum = Double.NEGATIVE_INFINITY;
        for (List<Token> path : all(vocabulary, text.getBytes(StandardCharsets.UTF_8), 0)) {
          double sum = 0;
          for (Token token : path) {
            sum +=
                token.id() == 0 ? vocabulary.least() - 10 : (double) vocabulary.scores[token.id()];
          }
          if (sum > bestSum || sum == bestSum && endsLonger(path, best)) {
            best = path;
            bestSum = sum;
          }
        }
        assertEquals(fused(best), Collected.of(session, text), text + " seed " + SEED);
      }
    }
  }

  /** Of equal sums the longer last piece counts, then the one before it. */
  private static boolean endsLonger(List<Token> path, List<Token> other) {
    for (int i = 1; i <= Math.min(path.size(), other.size()); i++) {
      int from = path.get(path.size() - i).from();
      int otherFrom = other.get(other.size() - i).from();
      if (from != otherFrom) {
        return from < otherFrom;
      }
    }
    return false;
  }

  private static List<List<Token>> all(Vocabulary vocabulary, byte[] text, int from) {
    List<List<Token>> paths = new ArrayList<>();
    if (from == text.length) {
      paths.add(List.of());
      return paths;
    }
    int character = from + characterLength(text, from);
    List<Token> firsts = new ArrayList<>();
    for (int to = from + 1; to <= text.length; to++) {
      String piece = new String(text, from, to - from, StandardCharsets.UTF_8);
      int id = vocabulary.pieces.indexOf(piece);
      if (id > 0) {
        firsts.add(new Token(id, from, to));
      }
    }
    if (firsts.stream().noneMatch(token -> token.to() == character)) {
      firsts.add(new Token(0, from, character));
    }
    for (Token first : firsts) {
      for (List<Token> rest : all(vocabulary, text, first.to())) {
        List<Token> path = new ArrayList<>(List.of(first));
        path.addAll(rest);
        paths.add(path);
      }
    }
    return paths;
  }

  private static int characterLength(byte[] text, int from) {
    int to = from + 1;
    while (to < text.length && (text[to] & 0xC0) == 0x80) {
      to++;
    }
    return to - from;
  }

  private static List<Token> fused(List<Token> path) {
    List<Token> fused = new ArrayList<>();
    for (Token token : path) {
      if (token.id() == 0 && !fused.isEmpty() && fused.getLast().id() == 0) {
        Token run = fused.removeLast();
        fused.add(new Token(0, run.from(), token.to()));
      } else {
        fused.add(token);
      }
    }
    return fused;
  }

  /** Sums over the whole text, one number after the other, as the originals have them. */
  private static List<Token> wholeText(Vocabulary vocabulary, byte[] text, boolean single) {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 1; id < vocabulary.pieces.size(); id++) {
      ids.put(vocabulary.pieces.get(id), id);
    }
    double[] best = new double[text.length + 1];
    @Nullable Token[] last = new @Nullable Token[text.length + 1];
    for (int from = 0; from < text.length; from += characterLength(text, from)) {
      boolean known = false;
      for (int to = from + 1; to <= Math.min(text.length, from + 20); to++) {
        @Nullable Integer id = ids.get(new String(text, from, to - from, StandardCharsets.UTF_8));
        if (id != null) {
          double sum = best[from] + vocabulary.scores[id];
          if (last[to] == null || sum > best[to]) {
            best[to] = single ? (float) sum : sum;
            last[to] = new Token(id, from, to);
          }
          known |= to - from == characterLength(text, from);
        }
      }
      if (!known) {
        int to = from + characterLength(text, from);
        double sum = best[from] + (vocabulary.least() - 10);
        sum = single ? (float) sum : sum;
        if (last[to] == null || sum > best[to]) {
          best[to] = sum;
          last[to] = new Token(0, from, to);
        }
      }
    }
    List<Token> path = new ArrayList<>();
    for (int at = text.length; at > 0; at = path.getLast().from()) {
      path.add(Objects.requireNonNull(last[at]));
    }
    Collections.reverse(path);
    return fused(path);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void longTextsInWindowsAreWhatTheyAreAtOnce(boolean single) {
    Random random = new Random(SEED);
    for (int i = 0; i < 12; i++) {
      Vocabulary vocabulary = vocabulary(random, i % 4 == 0, i % 2 == 0);
      Session session = vocabulary.model(single).open();
      String text = text(random, new int[] {1365, 4100, 20_000}[i % 3]);
      List<Token> expected = wholeText(vocabulary, text.getBytes(StandardCharsets.UTF_8), single);
      assertEquals(expected, Collected.of(session, text), "seed " + SEED + ", " + i);
      assertEquals(expected, Collected.of(session, text), "again, seed " + SEED + ", " + i);
    }
  }

  @Test
  void pathsThatNeverMeetAreKeptToTheEnd() {
    Vocabulary vocabulary = new Vocabulary(List.of("<unk>", "aa", "aaaa"), new float[] {0, -2, -3});
    for (String text : List.of("a".repeat(100_001), "a".repeat(65_536), "b".repeat(70_000))) {
      assertEquals(
          wholeText(vocabulary, text.getBytes(StandardCharsets.UTF_8), false),
          Collected.of(vocabulary.model(false).open(), text));
    }
  }

  @Test
  void textThatIsNoUtf8IsUnknown() {
    UnigramModel model = new Vocabulary(List.of("<unk>", "a"), new float[] {0, -1}).model(false);
    byte[] text = {'a', (byte) 0x80, (byte) 0xFF, 'a', (byte) 0xE2, (byte) 0x96};
    List<Token> tokens = new ArrayList<>();
    model.open().encode(text, 0, 6, (id, from, to) -> tokens.add(new Token(id, from, to)));
    assertEquals(Arrays.asList(new Token(1, 0, 1), new Token(0, 1, 6)), tokens);
  }
}
