package io.github.llm4j.trainers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.tokenizers.ByteLevelBpeProvider;
import io.github.llm4j.tokenizers.ByteLevelBpeSettings;
import io.github.llm4j.tokenizers.BytesProvider;
import io.github.llm4j.tokenizers.BytesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerStoreTest {
  private static final String TEXT = "the cat and the hat\r\n".repeat(50);

  @TempDir Path folder;
  private Path text = Path.of("");
  private final List<String> said = new ArrayList<>();
  private boolean goOn = true;

  @BeforeEach
  void write() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), TEXT);
  }

  private static ComponentSpec<Tokenizer> bpe(int vocabSize) {
    return ComponentSpec.of(
        new ByteLevelBpeProvider(), new ByteLevelBpeSettings(vocabSize, List.of(), 2));
  }

  private Tokenizer tokenizer(ComponentSpec<Tokenizer> spec) {
    DataSettings settings = new DataSettings(TrainTextSettings.of(text), Optional.empty());
    return new TokenizerStore(folder.resolve("kept"))
        .tokenizer(
            spec,
            settings,
            Workers.caller(),
            new TokenizerStore.Listener() {
              @Override
              public boolean learning(String unit, long done, long total) {
                return goOn;
              }

              @Override
              public void learned(int vocabSize, boolean before, double seconds) {
                said.add(vocabSize + (before ? " before" : " now"));
              }
            });
  }

  private List<Path> kept() throws IOException {
    if (!Files.exists(folder.resolve("kept"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      return files.toList();
    }
  }

  @Test
  void learnedOnceForTheSameTextAndSettings() throws IOException {
    int[] ids = tokenizer(bpe(260)).encode(TEXT);
    assertArrayEquals(ids, tokenizer(bpe(260)).encode(TEXT));
    tokenizer(bpe(261));
    Files.writeString(text, TEXT + "!");
    tokenizer(bpe(260));
    Files.writeString(text, TEXT);
    tokenizer(bpe(261));
    assertEquals(List.of("260 now", "260 before", "261 now", "260 now", "261 before"), said);
    assertEquals(3, kept().size());
  }

  @Test
  void oneThatLearnsNothingIsNotKept() throws IOException {
    text = folder.resolve("text.txt");
    assertEquals(
        256, tokenizer(ComponentSpec.of(new BytesProvider(), new BytesSettings())).vocabSize());
    assertEquals(List.of(), said);
    assertEquals(List.of(), kept());
  }

  @Test
  void aDamagedFileIsLearnedAgain() throws IOException {
    tokenizer(bpe(260));
    Path file = kept().get(0);
    String whole = Files.readString(file);
    for (String damaged :
        List.of("", whole.substring(0, 100), whole.replace("\"A\": ", "\"A\":  "), "x" + whole)) {
      Files.writeString(file, damaged);
      tokenizer(bpe(260));
      assertEquals("260 now", said.getLast());
      assertEquals(whole, Files.readString(file));
    }
  }

  @Test
  void givingUpLeavesNothing() throws IOException {
    goOn = false;
    assertThrows(CancellationException.class, () -> tokenizer(bpe(260)));
    assertEquals(List.of(), kept());
    goOn = true;
    tokenizer(bpe(260));
    assertEquals(List.of("260 now"), said);
  }

  @Test
  void lineEndsStayAndAByteOrderMarkDoesNot() throws IOException {
    Tokenizer tokenizer = tokenizer(bpe(300));
    assertEquals(TEXT, tokenizer.decode(tokenizer.encode(TEXT)));
    Files.writeString(text, "\uFEFF" + TEXT);
    Tokenizer marked = tokenizer(bpe(300));
    assertArrayEquals(tokenizer.encode(TEXT), marked.encode(TEXT));
  }

  @Test
  void badTextsAreNamed() throws IOException {
    Files.write(text, new byte[] {'a', '\n', (byte) 0xE9, ' '});
    String message = assertThrows(LlmException.class, () -> tokenizer(bpe(260))).getMessage();
    assertTrue(message.contains("text.txt:2: UTF-8 text expected, found byte 0xE9"), message);
    Files.writeString(text, "\uFEFF");
    message = assertThrows(LlmException.class, () -> tokenizer(bpe(260))).getMessage();
    assertTrue(message.contains("found empty text"), message);
    Files.writeString(text, "");
    message = assertThrows(LlmException.class, () -> tokenizer(bpe(260))).getMessage();
    assertTrue(message.startsWith("data.train.path: text expected, found the empty file"), message);
  }
}
