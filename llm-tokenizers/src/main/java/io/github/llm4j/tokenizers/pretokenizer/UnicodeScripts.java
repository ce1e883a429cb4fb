package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * {@code UnicodeScripts}: a word ends where the script changes. A space and what has no script goes
 * with what stands before it, and is no part of a word at the beginning of a text.
 */
record UnicodeScripts() implements WordCutter, Words {
  static final String TYPE = "UnicodeScripts";

  @Override
  public Words words() {
    return this;
  }

  @Override
  public int end(byte[] utf8, int at, int to) {
    int first = Scripts.of(Utf8.codePoint(utf8, at));
    int i = at;
    while (i < to) {
      int c = Utf8.codePoint(utf8, i);
      int script = Scripts.of(c);
      if (script != first && (script != Scripts.ANY || first == Scripts.ANY)) {
        break;
      }
      i += Utf8.length(c);
    }
    return first == Scripts.ANY ? ~i : i;
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return separable(before, after)
        && Scripts.of(before) != Scripts.ANY
        && Scripts.of(before) != Scripts.of(after);
  }

  @Override
  public boolean separable(int before, int after) {
    return Scripts.of(after) != Scripts.ANY;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
  }
}
