package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import org.jspecify.annotations.Nullable;

/** {@code Split}: a text is cut where a text or a regular expression stands in it. */
public final class Split implements Cutter {
  static final String TYPE = "Split";
  private static final String PATTERN = "pattern";
  private static final String STRING = "String";
  private static final String REGEX = "Regex";
  private static final String BEHAVIOR = "behavior";
  private static final String INVERT = "invert";

  private final boolean literal;
  private final String pattern;
  private final Behavior behavior;
  private final boolean invert;
  private final Words words;

  private Split(boolean literal, String pattern, Behavior behavior, boolean invert, Words words) {
    this.literal = literal;
    this.pattern = pattern;
    this.behavior = behavior;
    this.invert = invert;
    this.words = words;
  }

  /**
   * Cuts where a text stands.
   *
   * @param invert whether it is cut at all else instead
   */
  public static Split literal(String text, Behavior behavior, boolean invert) {
    Words words = text.isEmpty() ? new EachChar() : new Literal(text);
    return new Split(true, text, behavior, invert, words);
  }

  static Split of(JsonPart part) {
    JsonPart pattern = part.get(PATTERN);
    Behavior behavior = Behavior.of(part.get(BEHAVIOR));
    boolean invert = part.get(INVERT).flag(false);
    JsonPart text = pattern.get(STRING);
    if (text.isPresent()) {
      return literal(text.text(), behavior, invert);
    }
    String regex = pattern.get(REGEX).text();
    @Nullable Words words = Patterns.words(regex);
    if (words == null) {
      throw pattern.get(REGEX).wrong("a pattern that is known");
    }
    return new Split(false, regex, behavior, invert, words);
  }

  /** The text or the regular expression. */
  String pattern() {
    return pattern;
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    boolean matches = behavior != Behavior.REMOVED || invert;
    boolean gaps = behavior != Behavior.REMOVED || !invert;
    if (joins()) {
      return new JoinedStage(words, invert, new Pieces(behavior, next));
    }
    return (text, from, to) -> {
      byte[] utf8 = text.bytes();
      int end = 0;
      for (int at = from; at < to; at = end) {
        end = words.end(utf8, at, to);
        if (end >= 0) {
          if (matches) {
            next.take(text, at, end);
          }
        } else {
          end = ~end;
          if (gaps) {
            next.take(text, at, end);
          }
        }
      }
    };
  }

  /** Whether a word may be made of several stretches. */
  private boolean joins() {
    return behavior != Behavior.REMOVED
        && behavior != Behavior.ISOLATED
        && !(words instanceof EachChar);
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    if (!joins()) {
      return words.alwaysParts(before, after);
    }
    return words instanceof Literal text && text.parts(seen(), before, after);
  }

  /** The behavior as seen from what the pattern finds. */
  private Behavior seen() {
    if (!invert) {
      return behavior;
    }
    return switch (behavior) {
      case MERGED_WITH_NEXT -> Behavior.MERGED_WITH_PREVIOUS;
      case MERGED_WITH_PREVIOUS -> Behavior.MERGED_WITH_NEXT;
      default -> behavior;
    };
  }

  @Override
  public boolean separable(int before, int after) {
    return (!joins() || words instanceof Literal) && words.separable(before, after);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
    json.putObject(PATTERN).put(literal ? STRING : REGEX, pattern);
    json.put(BEHAVIOR, behavior.text()).put(INVERT, invert);
  }
}
