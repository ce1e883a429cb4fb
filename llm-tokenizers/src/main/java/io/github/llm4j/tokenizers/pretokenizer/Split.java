package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Regex;
import io.github.llm4j.tokenizers.pipeline.Stage;
import org.jspecify.annotations.Nullable;

/** {@code Split}: a text is cut where a text or a regular expression stands in it. */
public final class Split implements Cutter {
  static final String TYPE = "Split";
  private static final String BEHAVIOR = "behavior";
  private static final String INVERT = "invert";

  private final Regex pattern;
  private final Behavior behavior;
  private final boolean invert;

  /** What finds the pattern in one pass; null for an expression that nobody has written it for. */
  private final @Nullable Words words;

  private Split(Regex pattern, Behavior behavior, boolean invert) {
    this.pattern = pattern;
    this.behavior = behavior;
    this.invert = invert;
    String text = pattern.pattern();
    if (!pattern.isLiteral()) {
      this.words = Patterns.words(text);
    } else {
      this.words = text.isEmpty() ? new EachChar() : new Literal(text);
    }
  }

  /**
   * Cuts where a text stands.
   *
   * @param invert whether it is cut at all else instead
   */
  public static Split literal(String text, Behavior behavior, boolean invert) {
    return new Split(Regex.literal(text), behavior, invert);
  }

  /**
   * Cuts into what a regular expression finds and what lies between.
   *
   * @param where what messages call its place
   * @throws io.github.llm4j.api.error.LlmException if it is no expression, or uses what isn't known
   */
  public static Split words(String where, String expression) {
    return new Split(Regex.of(where, expression), Behavior.ISOLATED, false);
  }

  static Split of(JsonPart part) {
    return new Split(
        Regex.read(part.get("pattern")),
        Behavior.of(part.get(BEHAVIOR)),
        part.get(INVERT).flag(false));
  }

  /** The text or the regular expression. */
  String pattern() {
    return pattern.pattern();
  }

  @Override
  public boolean keeps() {
    return behavior != Behavior.REMOVED;
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    if (words == null) {
      return new RegexStage(pattern.matches(), invert, new Pieces(behavior, next));
    }
    if (joins()) {
      return new JoinedStage(words, invert, new Pieces(behavior, next));
    }
    boolean matches = behavior != Behavior.REMOVED || invert;
    boolean gaps = behavior != Behavior.REMOVED || !invert;
    Words found = words;
    return (text, from, to) -> {
      byte[] utf8 = text.bytes();
      int end = 0;
      for (int at = from; at < to; at = end) {
        int stretch = found.end(utf8, at, to);
        end = stretch < 0 ? ~stretch : stretch;
        if (stretch < 0 ? gaps : matches) {
          next.take(text, at, end);
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
    if (words == null) {
      return false;
    }
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
    return words != null
        && (!joins() || words instanceof Literal)
        && words.separable(before, after);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE);
    pattern.write(json);
    json.put(BEHAVIOR, behavior.text()).put(INVERT, invert);
  }
}
