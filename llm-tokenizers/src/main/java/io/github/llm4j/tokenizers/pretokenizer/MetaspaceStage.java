package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;

/** Turns spaces into another character, by which words begin. */
final class MetaspaceStage implements Stage {
  private final Metaspace rules;
  private final byte[] replacement;
  private final Text result;
  private final Stage next;

  MetaspaceStage(Metaspace rules, boolean aligned, Stage next) {
    this.rules = rules;
    this.replacement = new byte[Utf8.length(rules.replacement())];
    Utf8.put(rules.replacement(), replacement, 0);
    this.result = new Text(aligned);
    this.next = next;
  }

  @Override
  public void take(Text text, int from, int to) {
    byte[] utf8 = text.bytes();
    result.clearFor(text, from);
    if (prefixed(text, from)) {
      append(text, from, from + Utf8.lengthAt(utf8[from]));
    }
    int word = 0;
    int at = from;
    while (at < to) {
      int end = runEnd(utf8, at, to);
      if (end > at) {
        result.append(text, at, end);
      }
      if (end < to) {
        if (rules.split() && result.length() > word) {
          next.take(result, word, result.length());
          word = result.length();
        }
        int behind = end + Utf8.lengthAt(utf8[end]);
        append(text, end, behind);
        end = behind;
      }
      at = end;
    }
    next.take(result, word, result.length());
  }

  private boolean prefixed(Text text, int from) {
    boolean wanted =
        switch (rules.scheme()) {
          case ALWAYS -> !text.isContinued(from);
          case FIRST -> text.isFirst(from);
          case NEVER -> false;
        };
    return wanted && !rules.begins(Utf8.codePoint(text.bytes(), from));
  }

  private void append(Text text, int from, int to) {
    result.append(replacement, 0, replacement.length, text, from, to);
  }

  /** Where the next space or replacement stands. */
  private int runEnd(byte[] utf8, int from, int to) {
    byte lead = replacement[0];
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (b == ' ' || (b == lead && Utf8.codePoint(utf8, i) == rules.replacement())) {
        return i;
      }
    }
    return to;
  }
}
