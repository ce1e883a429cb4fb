package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;

/** Gives a piece that doesn't begin with a space one, which stands for its first character. */
final class PrefixSpace implements Stage {
  private final Text result;
  private final Stage next;

  PrefixSpace(boolean aligned, Stage next) {
    this.result = new Text(aligned);
    this.next = next;
  }

  @Override
  public void take(Text text, int from, int to) {
    byte first = text.bytes()[from];
    if (first == ' ' || text.isContinued(from)) {
      next.take(text, from, to);
      return;
    }
    result.clearFor(text, from);
    result.append(' ', text, from, from + Utf8.lengthAt(first));
    result.append(text, from, to);
    next.take(result, 0, result.length());
  }
}
