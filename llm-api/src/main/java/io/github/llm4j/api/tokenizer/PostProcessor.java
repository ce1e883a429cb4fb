package io.github.llm4j.api.tokenizer;

import org.jspecify.annotations.Nullable;

/** Makes the input of a model of the tokens of one or two texts. Threading: immutable. */
public interface PostProcessor {
  /** Adds nothing: a second text's tokens follow the first's and have type 1. */
  PostProcessor NONE =
      new PostProcessor() {
        @Override
        public int added(boolean pair) {
          return 0;
        }

        @Override
        public Encoding process(
            TextInput input, Encoding text, @Nullable Encoding pair, boolean specialTokens) {
          if (pair == null) {
            return text;
          }
          Encoding.Builder both = new Encoding.Builder();
          for (int t = 0; t < text.size(); t++) {
            both.add(text, t);
          }
          for (int t = 0; t < pair.size(); t++) {
            both.add(pair, t).text(1).type(1);
          }
          return both.build();
        }
      };

  /** How many special tokens are put around a text, or two. */
  int added(boolean pair);

  /**
   * Puts special tokens around texts and joins them.
   *
   * @param input the texts as they were written
   * @param text tokens of the first one, or a part of them
   * @param pair tokens of the second text, null if there is one alone
   * @param specialTokens whether special tokens are added; types and ranges are set in any case
   */
  Encoding process(TextInput input, Encoding text, @Nullable Encoding pair, boolean specialTokens);
}
