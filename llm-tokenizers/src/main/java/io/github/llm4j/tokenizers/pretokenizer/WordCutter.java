package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Stage;

/** A pre-tokenizer that only says where words end. */
interface WordCutter extends Cutter {
  /** Where words end. */
  Words words();

  @Override
  default Stage open(boolean aligned, Stage next) {
    Words words = words();
    return (text, from, to) -> {
      byte[] utf8 = text.bytes();
      int end = 0;
      for (int at = from; at < to; at = end) {
        end = words.end(utf8, at, to);
        if (end < 0) {
          end = ~end;
        } else {
          next.take(text, at, end);
        }
      }
    };
  }

  @Override
  default boolean alwaysParts(int before, int after) {
    return words().alwaysParts(before, after);
  }

  @Override
  default boolean separable(int before, int after) {
    return words().separable(before, after);
  }
}
