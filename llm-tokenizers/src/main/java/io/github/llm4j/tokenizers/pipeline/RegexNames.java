package io.github.llm4j.tokenizers.pipeline;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Oniguruma's names of sets of characters, with Unicode's meaning, as classes of Java's. */
final class RegexNames {
  private static final String WORD = "[\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}]";
  private static final String SPACE = "\\p{IsWhite_Space}";

  /** Between a word and what is none. */
  static final String BORDER =
      "(?:(?<=" + WORD + ")(?!" + WORD + ")|(?<!" + WORD + ")(?=" + WORD + "))";

  private static final Map<String, String> POSIX =
      Map.ofEntries(
          Map.entry("alnum", "[\\p{IsAlphabetic}\\p{Nd}]"),
          Map.entry("alpha", "\\p{IsAlphabetic}"),
          Map.entry("ascii", "[\\x00-\\x7F]"),
          Map.entry("blank", "[\\p{Zs}\\t]"),
          Map.entry("cntrl", "\\p{Cc}"),
          Map.entry("digit", "\\p{Nd}"),
          Map.entry("graph", "[^\\p{IsWhite_Space}\\p{Cc}\\p{Cn}\\p{Cs}]"),
          Map.entry("lower", "\\p{IsLowercase}"),
          Map.entry("print", "[[^\\p{IsWhite_Space}\\p{Cc}\\p{Cn}\\p{Cs}]\\p{Zs}]"),
          Map.entry("punct", "[\\p{P}$+<=>^`|~]"),
          Map.entry("space", SPACE),
          Map.entry("upper", "\\p{IsUppercase}"),
          Map.entry("word", WORD),
          Map.entry("xdigit", "[0-9A-Fa-f]"));

  private static final Map<String, String> PROPERTIES = new HashMap<>(POSIX);

  static {
    PROPERTIES.put("any", "[\\x{0}-\\x{10FFFF}]");
    PROPERTIES.put("assigned", "\\P{Cn}");
    String[] categories = {
      "L",
      "letter",
      "Lu",
      "uppercaseletter",
      "Ll",
      "lowercaseletter",
      "Lt",
      "titlecaseletter",
      "LC",
      "casedletter",
      "Lm",
      "modifierletter",
      "Lo",
      "otherletter",
      "M",
      "mark",
      "Mn",
      "nonspacingmark",
      "Mc",
      "spacingmark",
      "Me",
      "enclosingmark",
      "N",
      "number",
      "Nd",
      "decimalnumber",
      "Nl",
      "letternumber",
      "No",
      "othernumber",
      "P",
      "punctuation",
      "Pc",
      "connectorpunctuation",
      "Pd",
      "dashpunctuation",
      "Ps",
      "openpunctuation",
      "Pe",
      "closepunctuation",
      "Pi",
      "initialpunctuation",
      "Pf",
      "finalpunctuation",
      "Po",
      "otherpunctuation",
      "S",
      "symbol",
      "Sm",
      "mathsymbol",
      "Sc",
      "currencysymbol",
      "Sk",
      "modifiersymbol",
      "So",
      "othersymbol",
      "Z",
      "separator",
      "Zs",
      "spaceseparator",
      "Zl",
      "lineseparator",
      "Zp",
      "paragraphseparator",
      "C",
      "other",
      "Cc",
      "control",
      "Cf",
      "format",
      "Cs",
      "surrogate",
      "Co",
      "privateuse",
      "Cn",
      "unassigned"
    };
    for (int i = 0; i < categories.length; i += 2) {
      String set = "\\p{" + categories[i] + "}";
      PROPERTIES.put(categories[i].toLowerCase(Locale.ROOT), set);
      PROPERTIES.put(categories[i + 1], set);
    }
    String[] binary = {
      "Alphabetic",
      "Ideographic",
      "Lowercase",
      "Uppercase",
      "White_Space",
      "Noncharacter_Code_Point",
      "Hex_Digit",
      "Join_Control",
      "Emoji",
      "Emoji_Presentation",
      "Emoji_Modifier",
      "Emoji_Modifier_Base",
      "Emoji_Component",
      "Extended_Pictographic"
    };
    for (String name : binary) {
      PROPERTIES.put(plain(name), "\\p{Is" + name + "}");
    }
    for (Character.UnicodeScript script : Character.UnicodeScript.values()) {
      PROPERTIES.put(plain(script.name()), "\\p{Is" + script.name() + "}");
    }
  }

  private RegexNames() {}

  private static String plain(String name) {
    return name.replaceAll("[ _-]", "").toLowerCase(Locale.ROOT);
  }

  /** The set of a property; null if it isn't known. */
  static @Nullable String property(String name) {
    String plain = plain(name);
    @Nullable String set = PROPERTIES.get(plain);
    if (set != null || !name.matches("[A-Za-z0-9_ -]+")) {
      return set;
    }
    try { // blocks, and scripts by their four letters
      String java =
          plain.startsWith("in") ? "\\p{In" + name.substring(2) + "}" : "\\p{Is" + name + "}";
      Pattern.compile(java);
      return java;
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /** The set of {@code [:name:]}; null if it isn't known. */
  static @Nullable String posix(String name) {
    return POSIX.get(name);
  }

  /** The set of {@code \d} and its like; null if it isn't one. */
  static @Nullable String escapedClass(int c) {
    return switch (c) {
      case 'd' -> "\\p{Nd}";
      case 'D' -> "\\P{Nd}";
      case 's' -> SPACE;
      case 'S' -> "\\P{IsWhite_Space}";
      case 'w' -> WORD;
      case 'W' -> "[^" + WORD + "]";
      case 'h' -> "[0-9A-Fa-f]";
      case 'H' -> "[^0-9A-Fa-f]";
      default -> null;
    };
  }

  /** Writes a character that stands for itself. */
  static void letter(int c, StringBuilder out) {
    if (c >= 0x80 || Character.isLetterOrDigit(c)) {
      out.appendCodePoint(c);
    } else {
      out.append("\\x{").append(Integer.toHexString(c)).append('}');
    }
  }
}
