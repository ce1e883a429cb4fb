package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The merges of a vocabulary that comes without: two neighbours may always become one token if
 * their joined text is one, and of those that may the token of the best rank comes first. So each
 * way to take a token apart into two others is a merge.
 */
final class AllSplits {
  private final Map<String, Integer> ranks = new HashMap<>();

  private record Split(String left, String right, int rank) {}

  /** Adds a token; the lower its rank, the earlier it is made. */
  void add(String token, int rank) {
    ranks.putIfAbsent(token, rank);
  }

  /** Writes all merges from the earliest on. */
  void write(ArrayNode merges) {
    List<Split> splits = new ArrayList<>();
    ranks.forEach((token, rank) -> split(token, rank, splits));
    // Of several ways to one token that with the longest first half; which is taken matters only
    // where the same token can be made at two overlapping places.
    splits.sort(
        Comparator.comparingInt(Split::rank)
            .thenComparingInt(split -> -split.left().length())
            .thenComparing(Split::left));
    for (Split split : splits) {
      merges.addArray().add(split.left()).add(split.right());
    }
  }

  private void split(String token, int rank, List<Split> splits) {
    for (int i = token.offsetByCodePoints(0, 1);
        i < token.length();
        i = token.offsetByCodePoints(i, 1)) {
      String left = token.substring(0, i);
      String right = token.substring(i);
      if (ranks.containsKey(left) && ranks.containsKey(right)) {
        splits.add(new Split(left, right, rank));
      }
    }
  }
}
