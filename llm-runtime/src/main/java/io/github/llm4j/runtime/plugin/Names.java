package io.github.llm4j.runtime.plugin;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names as configs write them, and which of them somebody may have meant. */
public final class Names {
  private Names() {}

  /** {@code kvHeads} to {@code kv-heads}. */
  public static String kebab(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** {@code BF16_PRODUCTS} to {@code bf16-products}. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The known name that a misspelt one is nearest to, if it is near. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String plain = plain(name);
    int limit = Math.max(1, Math.min(3, (plain.length() + 1) / 3));
    Optional<String> near =
        known.stream()
            .filter(k -> distance(plain, plain(k)) <= limit)
            .min(
                Comparator.comparingInt((String k) -> distance(plain, plain(k)))
                    .thenComparing(Comparator.naturalOrder()));
    return near.isPresent()
        ? near
        : known.stream().filter(k -> shareWord(name, k)).sorted().findFirst();
  }

  /** num-epoch and epochs share a word. */
  private static boolean shareWord(String a, String b) {
    List<String> words = words(b);
    return words(a).stream().anyMatch(w -> w.length() >= 4 && words.contains(w));
  }

  private static List<String> words(String name) {
    return Arrays.stream(kebab(name).split("[^a-z0-9]+"))
        .map(w -> w.endsWith("s") ? w.substring(0, w.length() - 1) : w)
        .toList();
  }

  /** {@code "Did you mean 'x'?"}, or nothing. */
  public static String didYouMean(String name, Collection<String> known) {
    return nearest(name, known).map(k -> " Did you mean '" + k + "'?").orElse("");
  }

  /** Names in order, comma-separated. */
  public static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
  }

  /** Letters and digits alone: learning_rate, learningRate and learning-rate are one name. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Damerau's distance: insertions, deletions, replacements, swaps of neighbours. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
