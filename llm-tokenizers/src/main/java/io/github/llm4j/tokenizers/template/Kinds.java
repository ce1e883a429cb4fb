package io.github.llm4j.tokenizers.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** What kind a value is of, how a message shows it, whether it counts as true. */
final class Kinds {
  private static final int SHOWN = 40;

  private Kinds() {}

  /** Whether Python takes the value for true. */
  static boolean truth(Object value) {
    return switch (value) {
      case Boolean b -> b;
      case None n -> false;
      case Undefined u -> false;
      case String s -> !s.isEmpty();
      case List<?> l -> !l.isEmpty();
      case Map<?, ?> m -> !m.isEmpty();
      case View v -> !v.items().isEmpty();
      case Long l -> l != 0;
      case Double d -> d != 0;
      case BigInteger i -> i.signum() != 0;
      case Loop l -> l.length() > 0;
      default -> true;
    };
  }

  /** Whether it has a length and takes whole numbers as indices; a mapping counts, too. */
  static boolean isSequence(Object value) {
    return value instanceof String
        || value instanceof List<?>
        || value instanceof Map<?, ?>
        || value instanceof Undefined;
  }

  static boolean isIterable(Object value) {
    return isSequence(value)
        || value instanceof View
        || value instanceof Once
        || value instanceof Loop;
  }

  static boolean isCallable(Object value) {
    return value instanceof Invocable || value instanceof Undefined;
  }

  /** A value in a few words, whatever lies in it. */
  static String show(Object value) {
    return switch (value) {
      case None n -> "None";
      case Boolean b -> b ? "True" : "False";
      case String s -> shorten("'" + s.substring(0, Math.min(s.length(), SHOWN + 1)), s) + "'";
      case Long l -> l.toString();
      case BigInteger i -> "a whole number of %d bits".formatted(i.bitLength());
      case Double d -> Floats.text(d);
      case Undefined u -> u.what() + ", which is undefined";
      case Range r -> r.text();
      case Tuple t -> "a tuple of %d".formatted(t.size());
      case List<?> l -> "a list of %d".formatted(l.size());
      case Map<?, ?> m -> "a mapping of %d".formatted(m.size());
      case View v -> v.kind() + " of %d".formatted(v.items().size());
      case Once o -> "a generator";
      case Namespace n -> "a namespace";
      case Loop l -> "the loop";
      case Invocable f -> f.name() + "()";
      default -> "a value";
    };
  }

  private static String shorten(String shown, String whole) {
    String line = shown.replace("\n", "\\n");
    return whole.length() <= SHOWN ? line : line + "…";
  }
}
