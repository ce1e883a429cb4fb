package io.github.llm4j.tokenizers.normalizer;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * Marks, which stand over, under or around the character before them, and the order of those that
 * stand in different places: Unicode's canonical combining classes, by comparison with each other,
 * since Java doesn't tell them.
 */
final class Marks {
  private static final int BEHIND = 0x0345; // of the greatest class
  private static final int BEFORE = 0x0334; // of the least

  private Marks() {}

  static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** Place of its class among all; 0 for what keeps its place. */
  static int order(int c) {
    return c < 0x300 || !isMark(c) ? 0 : Orders.of(c);
  }

  /** Made when the first mark is met. */
  private static final class Orders {
    private static final byte[] ORDERS = new byte[0x20000];

    static {
      List<Integer> classes = new ArrayList<>(); // a mark of each, in order
      List<Integer> marks = new ArrayList<>();
      for (int c = 0x300; c < ORDERS.length; c++) {
        if (isMark(c) && !swaps(c, c) && (swaps(BEHIND, c) || swaps(c, BEFORE))) {
          marks.add(c);
          int at = place(classes, c);
          if (at == classes.size() || swaps(classes.get(at), c)) {
            classes.add(at, c);
          }
        }
      }
      for (int c : marks) {
        ORDERS[c] = (byte) (place(classes, c) + 1);
      }
    }

    private static int of(int c) {
      return c < ORDERS.length ? ORDERS[c] : 0;
    }

    /** Place of the first class that isn't before that of a mark. */
    private static int place(List<Integer> classes, int mark) {
      int from = 0;
      int to = classes.size();
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (swaps(mark, classes.get(middle))) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      return from;
    }

    /** Whether two marks, one behind the other, change places: the first's class is greater. */
    private static boolean swaps(int first, int second) {
      String pair = new StringBuilder().appendCodePoint(first).appendCodePoint(second).toString();
      return !Normalizer.isNormalized(pair, Form.NFD);
    }
  }
}
