package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code Metaspace}: spaces become another character, by which words begin. SentencePiece, Kudo and
 * Richardson 2018.
 *
 * @param replacement what a space becomes: {@code ▁}
 * @param scheme which pieces are given one if they don't begin with it
 * @param split whether words are cut; otherwise the text is one word
 * @param keys keys that are written: others' files have had several
 */
public record Metaspace(int replacement, Scheme scheme, boolean split, Set<String> keys)
    implements Cutter {
  static final String TYPE = "Metaspace";
  private static final String REPLACEMENT = "replacement";
  private static final String STR_REP = "str_rep";
  private static final String ADD_PREFIX_SPACE = "add_prefix_space";
  private static final String SCHEME = "prepend_scheme";
  private static final String SPLIT = "split";

  /** Which pieces are given a replacement before them. */
  public enum Scheme {
    /** That with which the text begins. */
    FIRST("first"),
    /** None. */
    NEVER("never"),
    /** Each one. */
    ALWAYS("always");

    private final String text;

    Scheme(String text) {
      this.text = text;
    }

    static Scheme of(JsonPart part) {
      String text = part.text();
      for (Scheme scheme : values()) {
        if (scheme.text.equals(text)) {
          return scheme;
        }
      }
      throw part.wrong("one of first, never, always");
    }
  }

  /** Keeps the keys. */
  public Metaspace {
    keys = Set.copyOf(keys);
  }

  /** One that is written with today's keys. */
  public Metaspace(int replacement, Scheme scheme, boolean split) {
    this(replacement, scheme, split, Set.of(REPLACEMENT, SCHEME, SPLIT));
  }

  /**
   * Reads one. The scheme has more to say than {@code add_prefix_space}, which it took the place
   * of; {@code str_rep} is the replacement once more.
   *
   * @throws io.github.llm4j.api.error.LlmException if a value is of another type, or two disagree
   */
  public static Metaspace of(JsonPart part) {
    JsonPart replacement = part.get(REPLACEMENT);
    String text = replacement.text();
    if (text.codePointCount(0, text.length()) != 1) {
      throw replacement.wrong("one character");
    }
    JsonPart given = part.get(SCHEME);
    boolean prefix = part.get(ADD_PREFIX_SPACE).flag(true);
    Scheme scheme = given.isPresent() ? Scheme.of(given) : prefix ? Scheme.ALWAYS : Scheme.NEVER;
    if (!prefix && scheme != Scheme.NEVER) {
      throw given.wrong("never, since add_prefix_space is false,");
    }
    Set<String> keys = new TreeSet<>();
    for (String key : List.of(REPLACEMENT, STR_REP, ADD_PREFIX_SPACE, SCHEME, SPLIT)) {
      if (part.get(key).isPresent()) {
        keys.add(key);
      }
    }
    return new Metaspace(text.codePointAt(0), scheme, part.get(SPLIT).flag(true), keys);
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    return new MetaspaceStage(this, aligned, next);
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return split && begins(after);
  }

  @Override
  public boolean changes() {
    return true;
  }

  @Override
  public boolean prefixes(int first) {
    return scheme == Scheme.ALWAYS && !begins(first);
  }

  /** Whether a word begins with this character. */
  boolean begins(int c) {
    return c == ' ' || c == replacement;
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put(REPLACEMENT, Character.toString(replacement));
    if (keys.contains(STR_REP)) {
      json.put(STR_REP, Character.toString(replacement));
    }
    if (keys.contains(ADD_PREFIX_SPACE)) {
      json.put(ADD_PREFIX_SPACE, scheme != Scheme.NEVER);
    }
    if (keys.contains(SCHEME)) {
      json.put(SCHEME, scheme.text);
    }
    if (keys.contains(SPLIT)) {
      json.put(SPLIT, split);
    }
  }
}
