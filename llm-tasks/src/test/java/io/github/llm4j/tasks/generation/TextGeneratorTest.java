package io.github.llm4j.tasks.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.backend.cpu.ReferenceBackendProvider;
import io.github.llm4j.backend.cpu.ReferenceSettings;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.tokenizers.BytesProvider;
import io.github.llm4j.tokenizers.BytesSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextGeneratorTest {
  private static final int CONTEXT = 64;

  private final Backend backend =
      new ReferenceBackendProvider()
          .create(new ReferenceSettings(), new BackendContext(new WorkerPool(1), List.of()));
  private final Tokenizer bytes =
      new BytesProvider().create(new BytesSettings(), new TokenizerContext(List.of()));
  private final Model model =
      Model.build(
          TinyDecoder.of(new TinyDecoder.Settings(1, 8, 2, 1, CONTEXT)),
          256,
          ModelOptions.of(3, Precision.F32),
          backend);
  private final TextGenerator generator = new TextGenerator(model, bytes);

  @AfterEach
  void close() {
    backend.close();
  }

  private static GenerationSettings settings(
      int tokens, GenerationSettings.WhenFull whenFull, GenerationSettings.Truncate truncate) {
    return new GenerationSettings(tokens, 0, 0, 1, 0, whenFull, truncate);
  }

  @Test
  void greedyTakesTheLikeliestOfTheFullForward() {
    int[] ids = Arrays.copyOf(bytes.encode("To be"), 25);
    for (int n = 5; n < ids.length; n++) {
      float[] logits = FullForward.last(model, Arrays.copyOf(ids, n));
      ids[n] = 0;
      for (int id = 1; id < logits.length; id++) {
        ids[n] = logits[id] > logits[ids[n]] ? id : ids[n];
      }
    }
    assertEquals(
        bytes.decode(Arrays.copyOfRange(ids, 5, ids.length)),
        generator.generate("To be", GenerationSettings.greedy(20)).text());
  }

  @Test
  void theSeedAloneDecides() {
    GenerationSettings one = GenerationSettings.sampled(30, 0.8, 1);
    String first = generator.generate("ROMEO:", one).text();
    generator.generate("something else", GenerationSettings.sampled(10, 2, 3));
    assertEquals(first, generator.generate("ROMEO:", one).text());
    assertNotEquals(
        first, generator.generate("ROMEO:", GenerationSettings.sampled(30, 0.8, 2)).text());
  }

  @Test
  void chunksAreWholeCharactersAndJoinToTheText() {
    List<String> chunks = new ArrayList<>();
    Generation text = generator.generate("é", GenerationSettings.sampled(40, 5, 4), chunks::add);
    assertEquals(text.text(), String.join("", chunks));
    assertEquals(40, text.tokens());
    for (String chunk : chunks) {
      assertTrue(!chunk.isEmpty() && !Character.isHighSurrogate(chunk.charAt(chunk.length() - 1)));
    }
  }

  @Test
  void theContextEndsTheText() {
    Generation text = generator.generate("x".repeat(60), GenerationSettings.greedy(10));
    assertEquals(4, text.tokens());
    assertEquals(60, text.promptTokens());
    assertEquals(Generation.Finish.CONTEXT, text.finish());
    Generation exact = generator.generate("x".repeat(60), GenerationSettings.greedy(4));
    assertEquals(Generation.Finish.TOKENS, exact.finish());
  }

  @Test
  void slidingGoesOnAsIfTheRestHadBeenThePrompt() {
    Generation text =
        generator.generate(
            "x".repeat(60),
            settings(20, GenerationSettings.WhenFull.SLIDE, GenerationSettings.Truncate.NONE));
    assertEquals(20, text.tokens());
    assertEquals(Generation.Finish.TOKENS, text.finish());
  }

  @Test
  void promptsThatLeaveNoRoomAreRefusedOrCut() {
    for (int n : new int[] {64, 100}) {
      LlmException e =
          assertThrows(
              LlmException.class,
              () -> generator.generate("x".repeat(n), GenerationSettings.greedy(10)));
      assertEquals(ErrorKind.USER, e.kind());
      assertTrue(e.getMessage().contains("found prompt " + n + ", context 64"), e.getMessage());
    }
    Generation cut =
        generator.generate(
            "y".repeat(50) + "x".repeat(50),
            settings(10, GenerationSettings.WhenFull.STOP, GenerationSettings.Truncate.LEFT));
    assertEquals(new Cut(54, 46, 10), new Cut(cut.promptTokens(), cut.cut(), cut.tokens()));
    assertThrows(LlmException.class, () -> generator.generate("", GenerationSettings.greedy(10)));
  }

  private record Cut(int promptTokens, int cut, int tokens) {}

  @Test
  void noTokensIsAnEmptyText() {
    Generation text = generator.generate("x", GenerationSettings.greedy(0));
    assertEquals(new Generation("", 0, 1, 0, Generation.Finish.TOKENS), text);
  }

  @Test
  void anotherTokenizerIsRefused() {
    Model other =
        Model.build(
            TinyDecoder.of(new TinyDecoder.Settings(1, 8, 2, 1, 8)),
            65,
            ModelOptions.of(3, Precision.F32),
            backend);
    LlmException e = assertThrows(LlmException.class, () -> new TextGenerator(other, bytes));
    assertTrue(e.getMessage().contains("the model's 65 ids expected, found 256"), e.getMessage());
  }
}
