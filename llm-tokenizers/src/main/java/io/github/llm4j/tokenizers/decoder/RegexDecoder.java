package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code Replace} by a regular expression, as the JDK understands it with Unicode's classes. One
 * that goes back and forth over a token without end is stopped with an error.
 */
record RegexDecoder(Pattern pattern, String content) implements Decoder {
  /** Characters looked at for each one of a token before a pattern is given up. */
  private static final int MOST_LOOKS = 1000;

  static RegexDecoder of(JsonPart regex, String content) {
    try {
      return new RegexDecoder(
          Pattern.compile(regex.text(), Pattern.UNICODE_CHARACTER_CLASS), content);
    } catch (PatternSyntaxException e) {
      throw regex.wrong("a regular expression", "\"" + e.getDescription() + "\"");
    }
  }

  private String change(String token, boolean first) {
    CharSequence watched = new Watched(token, new long[] {MOST_LOOKS * (token.length() + 10L)});
    try {
      return pattern.matcher(watched).replaceAll(Matcher.quoteReplacement(content));
    } catch (StackOverflowError | GaveUp e) {
      throw new LlmException(
          ErrorKind.USER,
          ("tokenizer.json: decoder: a regular expression that takes a token in few steps expected,"
                  + " found \"%s\", which does not. Write it without nested repetitions.")
              .formatted(pattern.pattern()));
    }
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    return new EachToken(this::change, next);
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.each(this::change);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", ReplaceDecoder.TYPE).putObject("pattern").put("Regex", pattern.pattern());
    json.put("content", content);
  }

  /** Says that a pattern has looked often enough. */
  private static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A token that counts how often it is looked at. */
  private record Watched(CharSequence token, long[] left) implements CharSequence {
    @Override
    public int length() {
      return token.length();
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new GaveUp();
      }
      return token.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return token.subSequence(start, end);
    }

    @Override
    public String toString() {
      return token.toString();
    }
  }
}
