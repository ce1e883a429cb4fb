package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad input gets: a text that says what to do, exit code 2, and no stack trace. */
class BadInputTest {
  private static final Path CONF = Path.of("src/test/resources/conf");

  @TempDir Path runs;

  private Llms.Result train(String conf, String... more) {
    List<String> args = new ArrayList<>(List.of("train", CONF.resolve(conf).toString()));
    args.addAll(List.of("--runs", runs.toString()));
    args.addAll(List.of(more));
    return llm(args.toArray(String[]::new));
  }

  private void assertRefused(String golden, Llms.Result result) throws IOException {
    assertEquals(2, result.code(), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertGolden(
        golden,
        result
            .err()
            .replace(runs.toString(), "RUNS")
            .replace(Path.of("").toAbsolutePath().toString(), "HERE")
            .replace('\\', '/'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"misspelt", "wrong-values", "kv-heads", "unknown-component"})
  void configs(String name) throws IOException {
    assertRefused("bad-" + name + ".txt", train(name + ".conf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "short", "latin"})
  void texts(String name) throws IOException {
    String path = CONF.resolve("data").resolve(name + ".txt").toString().replace('\\', '/');
    assertRefused("bad-text-" + name + ".txt", train("tiny.conf", "-D", "data.train.path=" + path));
  }

  @Test
  void aBackendThatCantBeUsedIsOfTheEnvironment() {
    Llms.Result result = train("tiny.conf", "-D", "backend=cuda");
    assertEquals(3, result.code(), result.err());
    assertTrue(result.err().contains("backend cuda"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void promptsAndRunsThatDontFit() throws IOException {
    Llms.Result trained = train("tiny.conf");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.out().contains("step 3 of 3: loss "), trained.out());
    assertTrue(Files.exists(runs.resolve("tiny/checkpoints/step-00000003/model.safetensors")));
    assertRefused("bad-run-taken.txt", train("tiny.conf"));
    String run = runs.resolve("tiny").toString();
    Llms.Result written = llm("generate", run, "The", "--tokens", "5", "--temperature", "0");
    assertEquals(0, written.code(), written.err());
    assertTrue(written.out().startsWith("The"), written.out());
    assertEquals(3 + 5 + 1, written.out().length(), written.out());
    assertRefused("bad-prompt-long.txt", llm("generate", run, "The quick brown fox jumps"));
    assertRefused("bad-prompt-unknown.txt", llm("generate", run, "Thé"));
    assertRefused("bad-prompt-values.txt", llm("generate", run, "a", "--top-p", "3", "--top-k=-1"));
    assertRefused("bad-run-none.txt", llm("generate", runs.toString(), "The"));
  }

  @Test
  void aCopyOfARunIsAnotherRunAndAFlippedBitIsSeen() throws IOException {
    assertEquals(0, train("tiny.conf").code());
    Path run = runs.resolve("tiny");
    Path copy = runs.resolve("copy");
    Files.move(run, copy);
    assertRefused("bad-run-renamed.txt", llm("train", copy.toString(), "--resume"));
    assertTrue(Files.notExists(run));
    Llms.Result named = llm("train", copy.toString(), "--resume", "-D", "name=copy");
    assertEquals(0, named.code(), named.err());
    assertTrue(named.out().contains("resumed behind step 3"), named.out());
    Path checkpoint = copy.resolve("checkpoints/step-00000003");
    Path weights = checkpoint.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 9] ^= 4;
    Files.write(weights, bytes);
    assertRefused("bad-checkpoint-flipped.txt", llm("generate", copy.toString(), "The"));
    assertRefused("bad-checkpoint-flipped.txt", llm("generate", checkpoint.toString(), "The"));
  }
}
