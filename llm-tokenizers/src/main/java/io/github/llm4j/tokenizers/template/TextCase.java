package io.github.llm4j.tokenizers.template;

import java.util.Locale;

/** Upper and lower case, and what characters a text consists of, as Python sees it. */
final class TextCase {
  private TextCase() {}

  /** The first character in title case, the others in lower case. */
  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return upper(text.substring(0, first)) + text.substring(first).toLowerCase(Locale.ROOT);
  }

  /** Title case of one character, which may have several: as ß becomes Ss. */
  private static String upper(String character) {
    int title = Character.toTitleCase(character.codePointAt(0));
    if (title != character.codePointAt(0)) {
      return Character.toString(title);
    }
    String upper = character.toUpperCase(Locale.ROOT);
    int first = upper.offsetByCodePoints(0, 1);
    return upper.substring(0, first) + upper.substring(first).toLowerCase(Locale.ROOT);
  }

  /** Each letter behind something without case in title case, the others in lower case. */
  static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inside = false;
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() != text.length()) {
      lower = text;
    }
    for (int i = 0; i < text.length(); ) {
      int next = text.offsetByCodePoints(i, 1);
      out.append(inside ? lower.substring(i, next) : upper(text.substring(i, next)));
      inside = isCased(text.codePointAt(i));
      i = next;
    }
    return out.toString();
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  static String swap(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int next = text.offsetByCodePoints(i, 1);
      String one = text.substring(i, next);
      boolean upper = Character.isUpperCase(text.codePointAt(i));
      out.append(upper ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
      i = next;
    }
    return out.toString();
  }

  static boolean isTitle(String text) {
    boolean cased = false;
    boolean inside = false;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      boolean upper = Character.isUpperCase(c) || Character.isTitleCase(c);
      if (upper && inside || Character.isLowerCase(c) && !inside) {
        return false;
      }
      inside = isCased(c);
      cased |= inside;
    }
    return cased;
  }

  static boolean isIdentifier(String text) {
    if (text.isEmpty()) {
      return false;
    }
    int first = text.codePointAt(0);
    return (first == '_' || Character.isUnicodeIdentifierStart(first))
        && text.codePoints()
            .allMatch(
                c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  /** Decimal digits, and those of other shapes: superscripts, in circles. */
  @SuppressWarnings("CharacterGetNumericValue") // letters, whose values are odd, are left out
  static boolean isDigit(int c) {
    int value = Character.getNumericValue(c);
    return Character.isDigit(c)
        || Character.getType(c) == Character.OTHER_NUMBER && value >= 0 && value <= 9;
  }

  static boolean isNumeric(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }
}
