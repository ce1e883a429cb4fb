package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Regex;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;

/**
 * Cuts a text where any regular expression stands in it. Threading: one thread.
 *
 * @param invert whether it is cut at what the expression doesn't find
 */
record RegexStage(Regex.Matches matches, boolean invert, Pieces pieces) implements Stage {
  @Override
  public void take(Text text, int from, int to) {
    matches.over(text, from, to);
    int end = from;
    while (matches.next()) {
      if (matches.start() > end) {
        pieces.add(text, end, matches.start(), invert);
      }
      end = matches.end();
      pieces.add(text, matches.start(), end, !invert);
    }
    if (end < to) {
      pieces.add(text, end, to, invert);
    }
    pieces.finish(text);
  }
}
