package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * {@code Prepend}: puts a text before each piece, which comes from its first character.
 *
 * @param text what is put before
 */
record Prepend(String text) implements Step {
  static final String TYPE = "Prepend";
  private static final String TEXT = "prepend";

  static Prepend of(JsonPart part) {
    return new Prepend(Normalizers.whole(part.get(TEXT)));
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    byte[] prefix = text.getBytes(StandardCharsets.UTF_8);
    if (prefix.length == 0) {
      return next;
    }
    Text result = new Text(aligned);
    return (text, from, to) -> {
      if (text.isContinued(from)) {
        next.take(text, from, to);
        return;
      }
      result.clearFor(text, from);
      int first = from + Utf8.lengthAt(text.bytes()[from]);
      result.append(prefix, 0, prefix.length, text, from, first);
      result.append(text, from, to);
      next.take(result, 0, result.length());
    };
  }

  @Override
  public boolean parts(int before, int after) {
    return true; // nothing is put before what goes on
  }

  @Override
  public boolean keeps(int c) {
    return true;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put(TEXT, text);
  }
}
