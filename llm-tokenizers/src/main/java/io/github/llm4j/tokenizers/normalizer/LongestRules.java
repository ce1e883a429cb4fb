package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.formats.FormatException;
import io.github.llm4j.formats.charsmap.Charsmap;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * SentencePiece's rules as its own library applies them: from the left, each time the longest
 * source of a rule that stands there. In a tokenizer.json a {@code Precompiled} with {@code
 * longest_match}, a key of ours, by which other tools read it as they read all of that type.
 *
 * <p>Complexity: linear; a source is at most as long as the longest rule's. Threading: immutable.
 */
final class LongestRules implements Step {
  static final String KEY = "longest_match";

  private final String base64;
  private final Charsmap rules;

  /** Whether a rule's source begins with a byte: most characters are passed over by this alone. */
  private final boolean[] begins = new boolean[256];

  /** Whether an ASCII character stands before others in a rule's source. */
  private final boolean[] goesOn = new boolean[128];

  private LongestRules(String base64, Charsmap rules) throws FormatException {
    this.base64 = base64;
    this.rules = rules;
    for (String source : rules.rules().keySet()) {
      begins[source.getBytes(StandardCharsets.UTF_8)[0] & 0xFF] = true;
      for (int i = 0; i + 1 < source.length(); i++) {
        if (source.charAt(i) < goesOn.length) {
          goesOn[source.charAt(i)] = true;
        }
      }
    }
  }

  static LongestRules of(JsonPart part) {
    JsonPart charsmap = part.get("precompiled_charsmap");
    try {
      byte[] blob = Base64.getDecoder().decode(charsmap.text());
      return new LongestRules(charsmap.text(), Charsmap.parse(charsmap.where(), blob));
    } catch (IllegalArgumentException e) {
      throw charsmap.wrong("bytes in base64", String.valueOf(e.getMessage()));
    } catch (FormatException e) {
      throw new LlmException(
          ErrorKind.USER, e.getMessage() + " The file is damaged; copy it again.", e);
    }
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    Text result = new Text(aligned);
    return (text, from, to) -> {
      byte[] utf8 = text.bytes();
      boolean changed = false;
      int done = from;
      int at = from;
      while (at < to) {
        long match = begins[utf8[at] & 0xFF] ? rules.longest(utf8, at, to) : -1;
        if (match < 0) {
          at += Utf8.lengthAt(utf8[at]);
          continue;
        }
        if (!changed) {
          result.clearFor(text, from);
          changed = true;
        }
        result.append(text, done, at);
        done = at + Charsmap.length(match);
        int begin = Charsmap.begin(match);
        result.append(rules.replacements(), begin, rules.end(match) - begin, text, at, done);
        at = done;
      }
      if (!changed) {
        next.take(text, from, to);
        return;
      }
      result.append(text, done, to);
      if (result.length() > 0) {
        next.take(result, 0, result.length());
      }
    };
  }

  @Override
  public boolean keeps(int c) {
    return c < goesOn.length && !begins[c];
  }

  @Override
  public boolean parts(int before, int after) {
    return before < goesOn.length && !goesOn[before];
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", Precompiled.TYPE).put("precompiled_charsmap", base64).put(KEY, true);
  }
}
