package io.github.llm4j.trainers.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.CharactersProvider;
import io.github.llm4j.tokenizers.CharactersSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {
  @TempDir Path folder;

  private Path write(String name, byte... bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(Path path) throws IOException {
    try (Reader reader = new StrictUtf8Reader(path)) {
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[7];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
      }
      return text.toString();
    }
  }

  private TrainingData open(DataSettings settings, int contextLength) {
    Tokenizer tokenizer =
        new CharactersProvider().create(new CharactersSettings(), TrainingData.texts(settings));
    return TrainingData.open(
        settings,
        new TextTokens(
            new TokenStore(folder.resolve("tokens")),
            tokenizer,
            new CharactersProvider().save(tokenizer),
            (t, d, n) -> {}),
        contextLength);
  }

  private static DataSettings whole(Path path) {
    return new DataSettings(TrainTextSettings.of(path), Optional.empty());
  }

  private static DataSettings split(Path path, double share) {
    return new DataSettings(
        TrainTextSettings.of(path),
        Optional.of(new ValidationSettings(Optional.empty(), Optional.of(share), Map.of())));
  }

  @Test
  void everyCharacterArrivesAsItIs() throws IOException {
    String text = "a\r\nb\u0085c\u2028d\tünïcode 日本 😀\n".repeat(5000);
    assertEquals(text, read(write("text.txt", text)));
    assertEquals("ab", read(write("bom.txt", "\uFEFFab")));
    assertEquals("a\uFEFFb", read(write("inside.txt", "a\uFEFFb")));
  }

  @Test
  void aByteThatIsNoUtf8IsNamedByLineAndOffset() throws IOException {
    byte[] latin = "one\ntwo\ncafé\n".getBytes(StandardCharsets.ISO_8859_1);
    Path path = write("latin.txt", latin);
    LlmException e = assertThrows(LlmException.class, () -> read(path));
    assertEquals(
        path
            + ":3: UTF-8 text expected, found byte 0xE9 at offset 11, which is none."
            + " Save the file as UTF-8.",
        e.getMessage());
    assertEquals(2, e.kind().exitCode());
    Path cut = write("cut.txt", (byte) 'a', (byte) 0xC3);
    assertTrue(
        assertThrows(LlmException.class, () -> read(cut)).getMessage().contains("offset 1,"));
    Path late = write("late.txt", "x".repeat(100_000) + "\ny");
    Files.write(late, new byte[] {(byte) 0xFF}, java.nio.file.StandardOpenOption.APPEND);
    assertTrue(
        assertThrows(LlmException.class, () -> read(late))
            .getMessage()
            .contains(":2: UTF-8 text expected, found byte 0xFF at offset 100002,"));
  }

  @Test
  void missingEmptyAndShortTextsAreRefused() throws IOException {
    Path missing = folder.resolve("missing.txt");
    String message = assertThrows(LlmException.class, () -> open(whole(missing), 4)).getMessage();
    assertEquals(
        "data.train.path: a text file expected, found no file " + missing + ". Mend the path.",
        message);
    Path empty = write("empty.txt", "");
    message = assertThrows(LlmException.class, () -> open(whole(empty), 4)).getMessage();
    assertTrue(message.startsWith("data.train.path: text expected, found the empty file"), message);
    message = assertThrows(LlmException.class, () -> open(whole(folder), 4)).getMessage();
    assertTrue(message.contains("found the folder"), message);
    Path small = write("small.txt", "abcd");
    message = assertThrows(LlmException.class, () -> open(whole(small), 4)).getMessage();
    assertTrue(message.startsWith("data.train.path: at least 5 tokens expected"), message);
    assertTrue(message.contains("found 4 in " + small), message);
    assertEquals(4, open(whole(small), 3).count());
    message = assertThrows(LlmException.class, () -> open(split(small, 0.3), 2)).getMessage();
    assertTrue(message.startsWith("data.train.path: at least 3"), message);
  }

  @Test
  void aShareIsHeldBackFromTheEnd() throws IOException {
    Path path = write("text.txt", "abcdefghijklmnopqrst");
    TrainingData data = open(split(path, 0.1), 4);
    assertEquals(18, data.count());
    Tokens validation = data.validation().get(0).texts().get(0);
    assertEquals(2, validation.count());
    assertEquals(18, validation.at(0));
    assertEquals(19, validation.at(1));
  }

  @Test
  void textsAreTokenizedOnceAndDamageIsMended() throws IOException {
    Path path = write("text.txt", "hello world\n".repeat(100));
    List<Long> done = new ArrayList<>();
    CharactersProvider provider = new CharactersProvider();
    Tokenizer tokenizer =
        provider.create(new CharactersSettings(), TrainingData.texts(whole(path)));
    String identity = provider.save(tokenizer);
    TokenStore store = new TokenStore(folder.resolve("tokens"));
    TextFile text = TextFile.of(path, "data.train.path");
    Tokens first = store.tokens(text, tokenizer, identity, (t, d, n) -> done.add(d)).tokens();
    assertEquals(List.of(1200L), done);
    Tokens second = store.tokens(text, tokenizer, identity, (t, d, n) -> done.add(d)).tokens();
    assertEquals(1, done.size(), "tokenized again");
    assertEquals(decoded(tokenizer, first), decoded(tokenizer, second));

    Path file;
    try (var files = Files.list(folder.resolve("tokens"))) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), "nothing else is left: " + all);
      file = all.get(0);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 2));
    Tokens third = store.tokens(text, tokenizer, identity, (t, d, n) -> done.add(d)).tokens();
    assertEquals(2, done.size(), "a cut file is written again");
    assertEquals(1200, third.count());

    Files.writeString(path, "hello there\n".repeat(100).replace('t', 'w'));
    Tokens changed =
        store.tokens(TextFile.of(path, "x"), tokenizer, identity, (t, d, n) -> {}).tokens();
    assertTrue(decoded(tokenizer, changed).startsWith("hello where"));
  }

  @Test
  void anInterruptedTokenizingGoesOnBehindItsLastMark() throws IOException {
    Path path = write("long.txt", "one two three\n".repeat(150_000)); // about 32 pieces
    CharactersProvider provider = new CharactersProvider();
    Tokenizer whole = provider.create(new CharactersSettings(), TrainingData.texts(whole(path)));
    TokenStore store = new TokenStore(folder.resolve("tokens"), 1000);
    TextFile text = TextFile.of(path, "data.train.path");
    Dying dying = new Dying(whole, 21);
    assertThrows(
        AssertionError.class, () -> store.tokens(text, dying, "characters", (t, d, n) -> {}));
    Dying rest = new Dying(whole, Integer.MAX_VALUE);
    Tokens resumed = store.tokens(text, rest, "characters", (t, d, n) -> {}).tokens();
    assertEquals(Files.readString(path), decoded(whole, resumed));
    Dying all = new Dying(whole, Integer.MAX_VALUE);
    new TokenStore(folder.resolve("others"), 1000).tokens(text, all, "characters", (t, d, n) -> {});
    assertEquals(all.pieces - 16, rest.pieces, "pieces behind the mark at 16");
    try (var files = Files.list(folder.resolve("tokens"))) {
      assertEquals(1, files.count(), "neither part nor mark is left");
    }
  }

  /** Encodes so many pieces, then ends as a killed process would: without any clean-up. */
  private static final class Dying implements Tokenizer {
    private final Tokenizer inner;
    private final int last;
    private int pieces;

    Dying(Tokenizer inner, int last) {
      this.inner = inner;
      this.last = last;
    }

    @Override
    public int[] encode(CharSequence text) {
      if (pieces == last) {
        throw new AssertionError("killed");
      }
      pieces++;
      return inner.encode(text);
    }

    @Override
    public Encoding tokenize(CharSequence text) {
      return inner.tokenize(text);
    }

    @Override
    public String decode(int[] ids) {
      return inner.decode(ids);
    }

    @Override
    public byte[] bytes(int id) {
      return inner.bytes(id);
    }

    @Override
    public int vocabSize() {
      return inner.vocabSize();
    }

    @Override
    public java.util.Map<String, Integer> specialTokens() {
      return inner.specialTokens();
    }
  }

  @Test
  void chunksJoinToTheWholeAndEndBeforeALineBreak() throws IOException {
    long seed = 42;
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      text.append("ab \n.é".charAt(random.nextInt(6)));
    }
    Path path = write("long.txt", text.toString());
    StringBuilder joined = new StringBuilder();
    int count = 0;
    try (Chunks chunks = new Chunks(TextFile.of(path, "x"), 1000)) {
      for (String chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
        long lines = joined.chars().filter(c -> c == '\n').count();
        assertEquals(lines + 1, chunks.line());
        if (!joined.isEmpty()) {
          assertEquals('\n', chunk.charAt(0));
          assertTrue(Character.isLetterOrDigit(joined.charAt(joined.length() - 1)));
        }
        joined.append(chunk);
        count++;
      }
    }
    assertEquals(text.toString(), joined.toString());
    assertTrue(count > 3, count + " chunks");
  }

  private static String decoded(Tokenizer tokenizer, Tokens tokens) {
    int[] ids = new int[Math.toIntExact(tokens.count())];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.at(i);
    }
    return tokenizer.decode(ids);
  }
}
