package io.github.llm4j.formats.charsmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.formats.SharedData;
import io.github.llm4j.formats.sentencepiece.SentencePieceModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules that SentencePiece compiled, held against the JDK's NFKC. */
class RealCharsmapsTest {
  private static byte[] blob(String name) throws IOException {
    return SentencePieceModel.read(SharedData.path("data/tokenizers/" + name))
        .normalizer()
        .charsmap();
  }

  private static List<Integer> different(Charsmap map) {
    List<Integer> different = new ArrayList<>();
    for (int character = 1; character <= Character.MAX_CODE_POINT; character++) {
      int type = Character.getType(character);
      if (type != Character.UNASSIGNED
          && type != Character.SURROGATE
          && type != Character.PRIVATE_USE) {
        String text = Character.toString(character);
        if (!Normalizer.normalize(text, Normalizer.Form.NFKC)
            .equals(CharsmapTest.apply(map, text))) {
          different.add(character);
        }
      }
    }
    return different;
  }

  /** The rules are of an older Unicode than the JDK: what it didn't know, they leave alone. */
  @Test
  void nfkcIsThatOfTheJdkForWhatItKnew() throws IOException {
    Charsmap map = Charsmap.parse("nfkc", blob("sentencepiece/test_model.model"));
    List<Integer> different = different(map);
    assertTrue(different.size() < 1000, different.size() + " differ");
    for (int character : different) {
      byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
      assertEquals(-1, map.longest(bytes, 0, bytes.length), Integer.toHexString(character));
      assertTrue(character == 0x32FF || character > 0xA000, Integer.toHexString(character));
    }
    for (String text :
        List.of("a\u0323\u0301", "\u1100\u1161\u11a8", "\u304b\u3099", "\ufb01ne \u2460")) {
      assertEquals(
          Normalizer.normalize(text, Normalizer.Form.NFKC), CharsmapTest.apply(map, text), text);
    }
  }

  /** nmt_nfkc is nfkc, but blanks of all kinds become one, controls go, and U+FF5E stays. */
  @Test
  void nmtNfkcDiffersWhereItSaysSo() throws IOException {
    Charsmap map = Charsmap.parse("nmt_nfkc", blob("t5/spiece.model"));
    String blanks = "\t\n\f\r\u1680\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2581\ufeff\ufffd";
    int stated = 0;
    int left = 0;
    for (int character : different(map)) {
      String text = Character.toString(character);
      String found = CharsmapTest.apply(map, text);
      if (blanks.contains(text)) {
        assertEquals(" ", found, Integer.toHexString(character));
        stated++;
      } else if (character < 0x20 || character >= 0x7F && character < 0xA0) {
        assertEquals("", found, Integer.toHexString(character));
        stated++;
      } else {
        assertEquals(text, found, Integer.toHexString(character));
        left++;
      }
    }
    assertEquals(blanks.length() + 30, stated); // 27 below a blank, 7F, 8F, 9F
    assertTrue(left < 1000, left + " left alone");
  }

  @Test
  void compilesTheSameRulesAgain() throws IOException {
    byte[] original = blob("t5/spiece.model");
    Charsmap map = Charsmap.parse("nmt_nfkc", original);
    Map<String, String> rules = map.rules();
    byte[] own = Charsmap.compile(rules);
    assertTrue(own.length < original.length * 1.05, own.length + " bytes");
    Charsmap again = Charsmap.parse("own", own);
    assertEquals(rules, again.rules());
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        int character = random.nextInt(random.nextBoolean() ? 0x3400 : 0x20000);
        text.appendCodePoint(character >= 0xD800 && character < 0xE000 ? 'x' : character);
      }
      String given = text.toString();
      assertEquals(CharsmapTest.apply(map, given), CharsmapTest.apply(again, given));
    }
  }
}
