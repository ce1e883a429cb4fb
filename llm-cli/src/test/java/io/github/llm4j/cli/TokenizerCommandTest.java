package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.cli.Llms.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code llm tokenizer} from learning to comparing. */
class TokenizerCommandTest {
  private static final String TEXT =
      "low low low low low lower lower newest newest newest newest newest newest widest widest"
          + " widest é é é\n";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private String learned() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), TEXT);
    String json = folder.resolve("tokenizer.json").toString();
    Result result =
        llm("tokenizer", "train", text.toString(), "-D", "vocab-size=264", "--out", json);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().startsWith(json + ": 264 ids, learned in "), result.out());
    return json;
  }

  @Test
  void encodesWhatItDecodes() throws IOException {
    String json = learned();
    String ids = llm("tokenizer", "encode", json, "low", "  newest\r\n é").out().strip();
    assertEquals("low   newest\r\n é\n", decoded(json, ids));
    assertEquals(
        ids.split(" ").length + "\n",
        llm("tokenizer", "encode", json, "--count", "low", "  newest\r\n é").out());
  }

  private static String decoded(String json, String ids) {
    List<String> args = new ArrayList<>(List.of("tokenizer", "decode", json));
    args.addAll(List.of(ids.split(" ")));
    return llm(args.toArray(String[]::new)).out();
  }

  @Test
  void asManyLinesComeOutAsGoIn() throws IOException {
    String json = learned();
    Path lines = Files.writeString(folder.resolve("lines.txt"), "low\n\na\u2028b\r\nlow");
    String out = llm("tokenizer", "encode", json, "--lines", "--in", lines.toString()).out();
    String[] encoded = out.split("\n", -1);
    assertEquals(5, encoded.length, out); // the last one is empty: each line ends
    assertEquals("", encoded[1]);
    assertEquals(encoded[0], encoded[3]);
  }

  @Test
  void showsTokensWithTheirRanges() throws IOException {
    String json = learned();
    Llms.assertGolden(
        "tokenizer-show.txt",
        llm("tokenizer", "show", json, "--color", "never", "lowest é日\n\u0007").out());
    String coloured = llm("tokenizer", "show", json, "--color", "always", "low").out();
    assertTrue(coloured.startsWith("\u001b[38;5;16;48;5;152m"), coloured);
  }

  @Test
  void comparesSideBySide() throws IOException {
    String json = learned();
    String text = folder.resolve("text.txt").toString();
    Result result = llm("tokenizer", "compare", json, json, "--on", text);
    assertEquals(0, result.code(), result.err());
    String[] rows = result.out().split("\n");
    assertEquals(3, rows.length);
    assertTrue(
        rows[1].matches(".* 264 +\\d+ +\\d\\.\\d{3} +\\d\\.\\d{3} +0\\.00 % +yes +[\\d.]+"),
        rows[1]);
  }

  @Test
  void whatIsWrongIsSaidAndNothingLost() throws IOException {
    String json = learned();
    String before = Files.readString(Path.of(json));
    String text = folder.resolve("text.txt").toString();
    assertSaid("a new file expected, found one that is there", "train", text, "--out", json);
    assertSaid(
        "'bytes': a type that learns expected", "train", text, "--type", "bytes", "--out", "x");
    assertSaid("no such key", "train", text, "-D", "vocab=3", "--out", json, "--force");
    assertSaid("no file", "train", folder.resolve("no").toString(), "--out", json, "--force");
    assertSaid("no such file", "encode", folder.resolve("no").toString(), "x");
    assertSaid("ids from 0 to 263 expected, found 264", "decode", json, "264");
    assertSaid("whole numbers with blanks between them expected, found 'x'", "decode", json, "x");
    assertSaid("a command expected behind 'llm tokenizer'");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xE9});
    assertSaid("UTF-8 text expected", "encode", json, "--in", latin.toString());
    assertEquals(before, Files.readString(Path.of(json)));
    assertFalse(Files.exists(Path.of("x")));
  }

  private static void assertSaid(String expected, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "tokenizer";
    System.arraycopy(args, 0, all, 1, args.length);
    Result result = llm(all);
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains(expected), result.err());
  }
}
