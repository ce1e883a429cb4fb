package io.github.llm4j.trainers.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A tiny run with accumulation, dropout and two workers.
 *
 * @param folder where its config, its text and its runs lie
 */
record TinyRun(Path folder) {
  private static final String CONFIG =
      """
      name = tiny, seed = 3, threads = 2
      model { type = decoder, layers = 1, d-model = 16, context-length = 8, dropout = 0.1
              block.attention { heads = 2, dropout = 0.1 } }
      data { train.path = "text.txt", validation.share = 10% }
      trainer {
        steps = 12
        batch { sequences = 6, micro = 2 }
        optimizer { type = adamw, lr = 1e-2 }
        schedule { type = cosine, warmup = 3 }
        evaluate.every = 5
        log.every = 1
      }
      """;

  /** Runs {@code folder steps} until it is done or killed, on from where it stopped. */
  public static void main(String[] args) {
    new TinyRun(Path.of(args[0]))
        .train(
            Earlier.RESUME,
            new RunListener() {},
            () -> false,
            "trainer.steps=" + args[1],
            "trainer.checkpoint.every=3",
            "trainer.evaluate.every=7");
  }

  void write() throws IOException {
    Files.writeString(config(), CONFIG);
    Files.writeString(
        folder.resolve("text.txt"), "the quick brown fox jumps over the lazy dog\n".repeat(20));
  }

  private Path config() {
    return folder.resolve("tiny.conf");
  }

  Path runs() {
    return folder.resolve("runs");
  }

  RunResult train(
      Earlier earlier, RunListener listener, BooleanSupplier stop, String... overrides) {
    Registry registry = Pretraining.registry(TinyRun.class.getClassLoader());
    ConfigSource source = ConfigSource.file(config()).withOverrides(List.of(overrides));
    return new Pretraining(
            Pretraining.bind(source, registry), registry, new RunOptions(runs(), earlier), listener)
        .run(stop);
  }

  /** What was measured but for times, a line each. */
  static List<String> losses(Path run) throws IOException {
    List<String> losses = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode json = new JsonMapper().readTree(line);
      losses.add(
          "%s %s %s %s %s"
              .formatted(
                  json.path("step"),
                  json.path("loss"),
                  json.path("lr"),
                  json.path("gradient-norm"),
                  json.path("validation-loss")));
    }
    return losses;
  }
}
