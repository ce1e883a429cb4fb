package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;

/**
 * {@code BertNormalizer}: what BERT does to a text before it cuts it. Devlin et al. 2018,
 * tokenization.py. An accent that is left out is part of what its letter comes from
 * (huggingface/tokenizers leaves it out of ranges too).
 */
final class BertNormalizer implements Step {
  static final String TYPE = "BertNormalizer";

  private final boolean cleanText;
  private final boolean chineseChars;
  private final Optional<Boolean> stripAccents;
  private final boolean lowercase;
  private final CharChanges changes = new CharChanges(this::change, true);

  /**
   * A normalizer.
   *
   * @param cleanText whether control characters are left out and all blanks become spaces
   * @param chineseChars whether there is a space on both sides of each Chinese character
   * @param stripAccents whether accents are left out; if it isn't said, as lowercase says
   * @param lowercase whether letters become small
   */
  BertNormalizer(
      boolean cleanText, boolean chineseChars, Optional<Boolean> stripAccents, boolean lowercase) {
    this.cleanText = cleanText;
    this.chineseChars = chineseChars;
    this.stripAccents = stripAccents;
    this.lowercase = lowercase;
  }

  static BertNormalizer of(JsonPart part) {
    JsonPart strip = part.get("strip_accents");
    return new BertNormalizer(
        Normalizers.flag(part, "clean_text"),
        Normalizers.flag(part, "handle_chinese_chars"),
        strip.isPresent() ? Optional.of(strip.flag(false)) : Optional.empty(),
        Normalizers.flag(part, "lowercase"));
  }

  private String change(int c) {
    int cleaned = cleanText ? clean(c) : c;
    if (cleaned < 0) {
      return "";
    }
    String text = Character.toString(cleaned);
    if (chineseChars && isChinese(cleaned)) {
      text = " " + text + " ";
    }
    StringBuilder changed = new StringBuilder();
    boolean strip = stripAccents.orElse(lowercase);
    (strip ? Normalizer.normalize(text, Form.NFD) : text)
        .codePoints()
        .filter(p -> !strip || !OldMarks.isNonSpacing(p))
        .forEach(
            p -> {
              if (lowercase) {
                changed.append(Lowercase.lower(p));
              } else {
                changed.appendCodePoint(p);
              }
            });
    return changed.toString();
  }

  /** The character without controls, formats and private ones; -1 if it is one. */
  private static int clean(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.PRIVATE_USE -> -1;
      case Character.FORMAT -> OldMarks.isNewFormat(c) ? c : -1;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          ' ';
      default -> c == 0xFFFD ? -1 : c;
    };
  }

  /** The blocks that BERT calls Chinese; where the last begins, the original has 2B920. */
  private static boolean isChinese(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    return changes.open(aligned, next);
  }

  @Override
  public boolean parts(int before, int after) {
    return changes.parts(after);
  }

  @Override
  public boolean keeps(int c) {
    return changes.keeps(c);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE)
        .put("clean_text", cleanText)
        .put("handle_chinese_chars", chineseChars)
        .put("strip_accents", stripAccents.orElse(null))
        .put("lowercase", lowercase);
  }
}
