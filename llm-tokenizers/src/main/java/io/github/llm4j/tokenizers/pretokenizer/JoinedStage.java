package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;

/**
 * Cuts a text into stretches that a pattern finds or not, and joins them into words. Threading: one
 * thread.
 *
 * @param invert whether it is cut at what the pattern doesn't find
 */
record JoinedStage(Words words, boolean invert, Pieces pieces) implements Stage {
  @Override
  public void take(Text text, int from, int to) {
    byte[] utf8 = text.bytes();
    int end = 0;
    for (int at = from; at < to; at = end) {
      end = words.end(utf8, at, to);
      boolean found = end >= 0;
      end = found ? end : ~end;
      pieces.add(text, at, end, found != invert);
    }
    pieces.finish(text);
  }
}
