package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the docs as a user runs them, with few steps. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../docs/examples");

  @TempDir Path runs;

  private Llms.Result train(String example, String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "train";
    args[1] = EXAMPLES.resolve(example).toString();
    args[2] = "--runs";
    args[3] = runs.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return llm(args);
  }

  @Test
  void llamaMiniLearnsItsTokenizerOnceAndWrites() throws Exception {
    String[] small = {
      "-D",
      "trainer.steps=2",
      "-D",
      "tokenizer.vocab-size=300",
      "-D",
      "model.layers=1",
      "-D",
      "model.d-model=24",
      "-D",
      "model.context-length=32",
      "-D",
      "trainer.schedule.warmup=1",
      "-D",
      "trainer.batch.sequences=2",
      "-D",
      "data.validation.share=0.1%",
      "-D",
      "trainer.evaluate.every=0"
    };
    Llms.Result first = train("llama-mini-bpe.conf", small);
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("tokenizer: 300 ids, learned in "), first.out());
    assertTrue(first.out().contains("vocabulary of 300;"), first.out());
    String tokenizer = Files.readString(runs.resolve("llama-mini-bpe/tokenizer.json"));
    assertTrue(tokenizer.contains("\"type\": \"ByteLevel\""), tokenizer);
    Llms.Result text =
        llm("generate", runs.resolve("llama-mini-bpe").toString(), "ROMEO:", "--tokens", "5");
    assertEquals(0, text.code(), text.err());
    assertTrue(text.out().startsWith("ROMEO:"), text.out());

    String[] again = Arrays.copyOf(small, small.length + 2);
    again[small.length] = "-D";
    again[small.length + 1] = "name=again";
    Llms.Result second = train("llama-mini-bpe.conf", again);
    assertEquals(0, second.code(), second.err());
    assertTrue(second.out().contains("tokenizer: 300 ids, learned before"), second.out());
    assertEquals(tokenizer, Files.readString(runs.resolve("again/tokenizer.json")));
  }
}
