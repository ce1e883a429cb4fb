package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Regex;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * {@code Replace}: puts a text, as it is, in the place of each match of a pattern. It comes from
 * all of the match (huggingface/tokenizers issue 1040: there from its last character only).
 *
 * @param pattern what is replaced
 * @param content what stands there then
 */
record Replace(Regex pattern, String content) implements Step {
  static final String TYPE = "Replace";
  private static final String CONTENT = "content";

  static Replace of(JsonPart part) {
    return new Replace(Regex.read(part.get("pattern")), Normalizers.whole(part.get(CONTENT)));
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    byte[] replacement = content.getBytes(StandardCharsets.UTF_8);
    Regex.Matches matches = pattern.matches();
    Text result = new Text(aligned);
    return (text, from, to) -> {
      matches.over(text, from, to);
      if (!matches.next()) {
        next.take(text, from, to);
        return;
      }
      result.clearFor(text, from);
      int done = from;
      do {
        int start = matches.start();
        int end = matches.end();
        result.append(text, done, start);
        // in the place of nothing it comes from the character before
        int source = start < end || start == from ? start : Utf8.before(text.bytes(), start);
        result.append(replacement, 0, replacement.length, text, source, end);
        done = end;
      } while (matches.next());
      result.append(text, done, to);
      if (result.length() > 0) {
        next.take(result, 0, result.length());
      }
    };
  }

  /** Where no match of a text can lie across the border; of an expression nothing is known. */
  @Override
  public boolean parts(int before, int after) {
    return pattern.isLiteral()
        && !pattern.pattern().isEmpty()
        && !pattern
            .pattern()
            .contains(new StringBuilder().appendCodePoint(before).appendCodePoint(after));
  }

  @Override
  public boolean keeps(int c) {
    return pattern.isLiteral() && !pattern.pattern().isEmpty() && pattern.pattern().indexOf(c) < 0;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
    pattern.write(json);
    json.put(CONTENT, content);
  }
}
