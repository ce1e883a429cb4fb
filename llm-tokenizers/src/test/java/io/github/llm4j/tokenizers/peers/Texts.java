package io.github.llm4j.tokenizers.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that tokenizers find hard. */
final class Texts {
  private static final String[] PARTS = {
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u00A0",
    "\u2003",
    "\u3000",
    "\u0085",
    "\u200B",
    "\u200D",
    "the",
    "The",
    "THE",
    "Hello",
    "world",
    "tokenizer",
    "don't",
    "I'LL",
    "it's",
    "n't",
    "'s",
    "'S",
    "\u2019s",
    "a",
    "é",
    "e\u0301",
    "ſ",
    "İ",
    "ß",
    "ﬁ",
    "①",
    "Ａ",
    "½",
    "²",
    "日本語",
    "バ",
    "ﾊﾞ",
    "한국어",
    "\u1112\u1161\u11ab",
    "ไทย",
    "हिन्दी",
    "عربى",
    "русский",
    "Ελλάς",
    "😀",
    "👩‍👩‍👧",
    "🇩🇪",
    "1",
    "12",
    "123456",
    "3.14",
    "1,000",
    "x=1;",
    "foo_bar",
    "CamelCase",
    "HTTPServer",
    "()",
    "{}",
    "...",
    "!?",
    "--",
    "_",
    "#",
    "@user",
    "http://a.b/c?d=e",
    "\\n",
    "\"",
    "<",
    "<s>",
    "</s>",
    "<unk>",
    "[CLS]",
    "[MASK]",
    "[SEP]",
    "<|endoftext|>",
    "\u0000",
    "\u0007",
    "\uFFFD",
    "\uFEFF",
    "\uE000",
    "\u0300",
    "\u0316",
    "▁",
    "Ġ",
    "##",
    "##ing"
  };

  private Texts() {}

  /** A text of parts that are often trouble, and now and then of anything. */
  static String random(Random random, int parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      if (random.nextInt(12) == 0) {
        text.appendCodePoint(assigned(random));
      } else {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      if (random.nextInt(3) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  /**
   * A character that old versions of Unicode know too: classes of newer ones depend on the version
   * that a library was built with.
   */
  private static int assigned(Random random) {
    while (true) {
      int c = random.nextInt(random.nextBoolean() ? 0x3000 : 0x20000);
      int type = Character.getType(c);
      if (type != Character.UNASSIGNED && type != Character.SURROGATE && c < 0x1F900) {
        return c;
      }
    }
  }

  /** Documents of about so many chars that end at line ends. */
  static List<String> documents(String text, int chars) {
    List<String> documents = new ArrayList<>();
    int end = 0;
    for (int from = 0; from < text.length(); from = end) {
      int line = text.indexOf('\n', Math.min(text.length(), from + chars));
      end = line < 0 ? text.length() : line + 1;
      documents.add(text.substring(from, end));
    }
    return documents;
  }
}
