package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A {@code pattern} of a tokenizer.json, {@code {"String": …}} or {@code {"Regex": …}}: a text that
 * is looked for, or a regular expression in Oniguruma's syntax with its Unicode meaning. {@link
 * #matches} makes what finds it: {@code over(text, from, to)}, then {@code next()} with {@code
 * start()} and {@code end()}, byte places in that text, until it is false.
 *
 * <p>Expressions are translated for {@link java.util.regex}; what that can't do is refused by name.
 * A search is bounded: one that goes back and forth in the text without end is an error.
 *
 * <p>Complexity: a text is found in linear time; an expression in at most {@code 10^7 + 200 n}
 * reads of a piece of n characters. Threading: immutable.
 */
public final class Regex {
  private static final String STRING = "String";
  private static final String REGEX = "Regex";
  private static final int LONGEST = 1 << 16;

  private final String where;
  private final String pattern;
  private final @Nullable Pattern compiled;

  private Regex(String where, String pattern, @Nullable Pattern compiled) {
    this.where = where;
    this.pattern = pattern;
    this.compiled = compiled;
  }

  /**
   * Reads one.
   *
   * @param part the object with the key {@code String} or {@code Regex}
   * @throws LlmException if it is damaged, or uses what isn't known here
   */
  public static Regex read(JsonPart part) {
    JsonPart text = part.get(STRING);
    if (text.isPresent()) {
      return literal(text.text());
    }
    JsonPart regex = part.get(REGEX);
    if (!regex.isPresent()) {
      throw part.wrong("an object with the key String or Regex");
    }
    return of(regex.where(), regex.text());
  }

  /** A text that is looked for as it is. */
  public static Regex literal(String text) {
    Surrogates.check("pattern", text);
    return new Regex("pattern", text, null);
  }

  /**
   * A regular expression in Oniguruma's syntax.
   *
   * @param where what messages call its place
   * @throws LlmException if it is no expression, or uses what isn't known here
   */
  public static Regex of(String where, String expression) {
    if (expression.length() > LONGEST) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a regular expression of at most %d characters expected, found %d. %s"
              .formatted(where, LONGEST, expression.length(), "Name fewer alternatives."));
    }
    String translated = new RegexTranslation(where, expression).java();
    int flags = Pattern.MULTILINE | Pattern.UNIX_LINES | Pattern.UNICODE_CASE;
    try {
      return new Regex(where, expression, Pattern.compile(translated, flags));
    } catch (PatternSyntaxException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a regular expression that Java can search expected, found \"%s\": %s. %s"
              .formatted(where, expression, e.getDescription(), "Write it in another way."),
          e);
    }
  }

  /** The text or the expression as it was read. */
  public String pattern() {
    return pattern;
  }

  /** Whether it is a text that is looked for as it is. */
  public boolean isLiteral() {
    return compiled == null;
  }

  /** Something that finds it in one text after another: for one thread. */
  public Matches matches() {
    return compiled == null
        ? new LiteralMatches(pattern.getBytes(StandardCharsets.UTF_8))
        : new RegexMatches(where, pattern, compiled);
  }

  /** Writes it as it was read, as the value of {@code pattern}. */
  public void write(ObjectNode json) {
    json.putObject("pattern").put(compiled == null ? STRING : REGEX, pattern);
  }

  /**
   * Where a pattern stands in a piece of a text, one match after the other. Threading: one thread.
   */
  public interface Matches {
    /** Begins at the beginning of a piece, which is all that the pattern sees. */
    void over(Text text, int from, int to);

    /**
     * Finds the next match, which begins where the last ended or behind. A match may be empty, but
     * not where the last one ended.
     *
     * @return false if there is none
     * @throws LlmException if the search takes too long
     */
    boolean next();

    /** First byte of the match, in the text. */
    int start();

    /** Byte behind the last. */
    int end();
  }
}
