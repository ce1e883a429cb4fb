package io.github.llm4j.tokenizers.pretokenizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The regular expressions that models use, known by their text. */
final class Patterns {
  private static final String S = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
  private static final String S_PLAIN = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
  private static final String WORD = "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String OTHERS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
  private static final String BLANKS = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";

  static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  static final String GPT2_POSSESSIVE =
      "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s";
  private static final String GPT2_BRACKETS =
      "'s|'t|'re|'ve|'m|'ll|'d| ?[\\p{L}]+| ?[\\p{N}]+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  static final String CLIP = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  /** As tiktoken has it, where {@code {1,3}+} is no repetition of a repetition. */
  private static final String CL100K_POSSESSIVE =
      "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+|"
          + " ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s";

  static final String CL100K = S + WORD + "\\p{N}{1,3}" + OTHERS + BLANKS;
  static final String CL100K_PLAIN = S_PLAIN + WORD + "\\p{N}{1,3}" + OTHERS + BLANKS;
  private static final String CL100K_FIRM = firm("\\p{N}{1,3}");
  private static final String QWEN2_FIRM = firm("\\p{N}");
  static final String QWEN2 = S + WORD + "\\p{N}" + OTHERS + BLANKS;
  static final String QWEN2_PLAIN = S_PLAIN + WORD + "\\p{N}" + OTHERS + BLANKS;
  static final String QWEN35 =
      S
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
          + BLANKS;
  static final String O200K = cased("\\p{N}{1,3}", S + "?");
  static final String TEKKEN = cased("\\p{N}", "");
  static final String DEEPSEEK3 =
      "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|"
          + "[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
          + BLANKS;
  static final String DEEPSEEK3_HAN = "[一-龥぀-ゟ゠-ヿ]+";
  static final String NUMBERS_3 = "\\p{N}{1,3}";
  static final String NUMBER = "\\p{N}";
  static final String NUMBERS = "\\p{N}+";
  static final String DIGITS_3 = "[0-9][0-9][0-9]";
  private static final String LINE_END = "[\\r\\n]";
  static final String BLOOM = " ?[^(\\s|[.,!?…。，、।۔،])]+";
  private static final String BLOOM_PLAIN = " ?[^(\\s|.,!?…。，、।۔،)]+";
  private static final String BLOOM_SIGNS = "(|.,!?…。，、।۔،)";
  private static final String CODER_LETTERS = "\\s?\\p{L}+";
  private static final String CODER_SIGNS = "\\s?\\p{P}+";
  private static final String CODER_HAN = "[一-龥ࠀ-一가-퟿]+";

  private static final Map<String, Words> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put(GPT2, new Gpt2Words());
    KNOWN.put(GPT2_POSSESSIVE, new Gpt2Words());
    KNOWN.put(GPT2_BRACKETS, new Gpt2Words());
    KNOWN.put(CLIP, new ClipWords());
    KNOWN.put(CL100K_POSSESSIVE, new Cl100kWords(Kinds.LETTERS, 3, true, true));
    KNOWN.put(CL100K, new Cl100kWords(Kinds.LETTERS, 3, true, false));
    KNOWN.put(CL100K_PLAIN, new Cl100kWords(Kinds.LETTERS, 3, false, false));
    KNOWN.put(CL100K_FIRM, new Cl100kWords(Kinds.LETTERS, 3, true, false));
    KNOWN.put(QWEN2_FIRM, new Cl100kWords(Kinds.LETTERS, 1, true, false));
    KNOWN.put(QWEN2, new Cl100kWords(Kinds.LETTERS, 1, true, false));
    KNOWN.put(QWEN2_PLAIN, new Cl100kWords(Kinds.LETTERS, 1, false, false));
    KNOWN.put(QWEN35, new Cl100kWords(Kinds.LETTERS | Kinds.MARKS, 1, true, false));
    KNOWN.put(O200K, new O200kWords(3, true));
    KNOWN.put(TEKKEN, new O200kWords(1, false));
    KNOWN.put(DEEPSEEK3, new DeepSeekWords());
    KNOWN.put(DEEPSEEK3_HAN, new RunWords(Patterns::isHan, 1, Integer.MAX_VALUE));
    KNOWN.put(NUMBERS_3, new RunWords(Patterns::isNumber, 1, 3));
    KNOWN.put(NUMBER, new RunWords(Patterns::isNumber, 1, 1));
    KNOWN.put(NUMBERS, new RunWords(Patterns::isNumber, 1, Integer.MAX_VALUE));
    KNOWN.put(DIGITS_3, new RunWords(c -> c >= '0' && c <= '9', 3, 3));
    KNOWN.put(BLOOM, new RunWords(c -> c == ' ', Patterns::isBloom));
    KNOWN.put(BLOOM_PLAIN, new RunWords(c -> c == ' ', Patterns::isBloom));
    KNOWN.put(CODER_LETTERS, new RunWords(Patterns::isBlank, c -> Kinds.has(Kinds.LETTERS, c)));
    KNOWN.put(CODER_SIGNS, new RunWords(Patterns::isBlank, c -> Kinds.has(Kinds.PUNCTUATION, c)));
    KNOWN.put(CODER_HAN, new RunWords(Patterns::isHanOfCoder, 1, Integer.MAX_VALUE));
    KNOWN.put(LINE_END, new RunWords(c -> c == '\n' || c == '\r', 1, 1));
  }

  private Patterns() {}

  /** The same words in a spelling that never goes back. */
  private static String firm(String numbers) {
    return ("'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|" + numbers)
        + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";
  }

  private static String cased(String numbers, String end) {
    String prefix = "[^\\r\\n\\p{L}\\p{N}]?";
    return (prefix + UPPER + "*" + LOWER + "+" + end + "|")
        + (prefix + UPPER + "+" + LOWER + "*" + end + "|")
        + (numbers + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" + BLANKS);
  }

  private static boolean isNumber(int c) {
    return Kinds.has(Kinds.NUMBERS, c);
  }

  private static boolean isHan(int c) {
    return (c >= 0x4E00 && c <= 0x9FA5) || (c >= 0x3040 && c <= 0x30FF);
  }

  private static boolean isHanOfCoder(int c) {
    return (c >= 0x0800 && c <= 0x9FA5) || (c >= 0xAC00 && c <= 0xD7FF);
  }

  private static boolean isBlank(int c) {
    return Kinds.has(Kinds.SPACES, c);
  }

  private static boolean isBloom(int c) {
    return !isBlank(c) && BLOOM_SIGNS.indexOf(c) < 0;
  }

  /** All of them. */
  static Set<String> all() {
    return KNOWN.keySet();
  }

  /**
   * What finds the words of a pattern; null if nobody has written it. A line end may stand in the
   * pattern itself or as its escape.
   */
  static @Nullable Words words(String pattern) {
    @Nullable Words words = KNOWN.get(pattern);
    return words != null ? words : KNOWN.get(pattern.replace("\r", "\\r").replace("\n", "\\n"));
  }
}
