package io.github.llm4j.tokenizers;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.pipeline.Ids;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The id of a character is its place among the known code points in ascending order. */
final class CharactersTokenizer implements Tokenizer {
  private final int[] codePoints;

  /** Id of each code point up to the greatest known one; -1 if unknown. */
  private final int[] idOf;

  /**
   * A tokenizer that knows these characters.
   *
   * @param codePoints ascending, at least one, no surrogates
   */
  CharactersTokenizer(int[] codePoints) {
    this.codePoints = codePoints.clone();
    this.idOf = new int[codePoints[codePoints.length - 1] + 1];
    Arrays.fill(idOf, -1);
    for (int id = 0; id < codePoints.length; id++) {
      idOf[codePoints[id]] = id;
    }
  }

  /** The known characters in the order of their ids. */
  int[] codePoints() {
    return codePoints.clone();
  }

  @Override
  public int[] encode(CharSequence text) {
    int[] ids = new int[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); count++) {
      int codePoint = Character.codePointAt(text, i);
      ids[count] = id(codePoint);
      if (ids[count] < 0) {
        throw unknown(text, codePoint, count + 1);
      }
      i += Character.charCount(codePoint);
    }
    return count == ids.length ? ids : Arrays.copyOf(ids, count);
  }

  @Override
  public Encoding tokenize(CharSequence text) {
    Encoding.Builder tokens = new Encoding.Builder();
    int at = 0;
    for (int id : encode(text)) {
      int end = at + Character.charCount(codePoints[id]);
      tokens.add(id, at, end, tokens.size(), 0, 0);
      at = end;
    }
    return tokens.build();
  }

  private int id(int codePoint) {
    return codePoint < idOf.length ? idOf[codePoint] : -1;
  }

  private LlmException unknown(CharSequence text, int codePoint, int place) {
    if (Surrogates.isSurrogate(codePoint)) {
      return Surrogates.lone("characters", text);
    }
    Set<Integer> all = new LinkedHashSet<>();
    text.codePoints().filter(c -> id(c) < 0).forEach(all::add);
    String others = all.size() == 1 ? "" : ", and %d more unknown ones".formatted(all.size() - 1);
    return new LlmException(
        ErrorKind.USER,
        ("tokenizer 'characters': one of the %d characters of its training texts expected, found"
                + " %s at character %d%s. Leave it out, train with text that has it, or use"
                + " tokenizer 'bytes', which knows every text.")
            .formatted(codePoints.length, show(codePoint), place, others));
  }

  /**
   * As {@code 'é' (U+00E9 LATIN SMALL LETTER E WITH ACUTE)}; only the code if it can't be shown.
   */
  private static String show(int codePoint) {
    String code = "U+%04X".formatted(codePoint);
    String name = Character.getName(codePoint);
    String described = name == null ? code : code + " " + name;
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          described;
      default -> "'" + Character.toString(codePoint) + "' (" + described + ")";
    };
  }

  @Override
  public String decode(int[] ids) {
    StringBuilder text = new StringBuilder(ids.length);
    for (int id : ids) {
      text.appendCodePoint(codePoints[check(id)]);
    }
    return text.toString();
  }

  @Override
  public byte[] bytes(int id) {
    return Character.toString(codePoints[check(id)]).getBytes(StandardCharsets.UTF_8);
  }

  private int check(int id) {
    return Ids.check("characters", id, codePoints.length);
  }

  @Override
  public boolean roundTrips() {
    return true;
  }

  @Override
  public int vocabSize() {
    return codePoints.length;
  }

  @Override
  public Map<String, Integer> specialTokens() {
    return Map.of();
  }
}
