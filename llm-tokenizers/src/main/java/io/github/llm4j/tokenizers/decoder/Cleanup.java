package io.github.llm4j.tokenizers.decoder;

import java.util.List;

/** Takes away the spaces that English has not, each replacement over the whole of a token. */
final class Cleanup {
  private static final List<String> PAIRS =
      List.of(
          " .", ".", " ?", "?", " !", "!", " ,", ",", " ' ", "'", " n't", "n't", " 'm", "'m",
          " do not", " don't", " 's", "'s", " 've", "'ve", " 're", "'re");

  private Cleanup() {}

  static String of(String token) {
    String clean = token;
    for (int i = 0; i < PAIRS.size(); i += 2) {
      clean = clean.replace(PAIRS.get(i), PAIRS.get(i + 1));
    }
    return clean;
  }
}
