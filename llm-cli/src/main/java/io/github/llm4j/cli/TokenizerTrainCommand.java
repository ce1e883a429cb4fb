package io.github.llm4j.cli;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.trainers.data.TokenizerTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm tokenizer train}: learns a tokenizer from texts. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learns a tokenizer from texts and writes it as tokenizer.json. Ctrl-C ends it; nothing is"
          + " written then.",
      "'llm describe tokenizer' lists types, 'llm describe tokenizer TYPE' the keys of one."
    },
    footerHeading = "%n",
    footer = {
      "Example:",
      "  llm tokenizer train --type byte-level-bpe -D vocab-size=32000 --out tokenizer.json a.txt"
          + " b.txt"
    })
public final class TokenizerTrainCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Texts in UTF-8.")
  private List<Path> texts = List.of();

  @Option(
      names = "--type",
      defaultValue = "byte-level-bpe",
      description = "Type of tokenizer (default ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private String type;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of it, as vocab-size=32000; may be given again.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--out",
      defaultValue = "tokenizer.json",
      paramLabel = "FILE",
      description = "File to write (default ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private Path target;

  @Option(names = "--force", description = "Write over a file that is there.")
  private boolean force;

  /** Made by picocli. */
  public TokenizerTrainCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    TokenizerTraining training =
        TokenizerTraining.of(Components.registry(), type, keys, target, force);
    LiveLine line = LiveLine.of(spec.commandLine().getErr());
    AtomicBoolean stopped = new AtomicBoolean();
    long start = System.nanoTime();
    try (Interrupts interrupts = new Interrupts(() -> stopped.set(true));
        WorkerPool workers = WorkerPool.ofProcessors()) {
      try {
        Tokenizer tokenizer =
            training.learn(
                texts,
                workers,
                (unit, done, total) -> {
                  line.show(progress(unit, done, total, (System.nanoTime() - start) * 1e-9));
                  return !stopped.get();
                });
        line.clear();
        out.println(
            String.format(
                Locale.ROOT,
                "%s: %,d ids, learned in %.1f s",
                target,
                tokenizer.vocabSize(),
                (System.nanoTime() - start) * 1e-9));
        return 0;
      } catch (CancellationException e) {
        line.clear();
        out.println("Interrupted; nothing was written.");
        return interrupts.code();
      }
    }
  }

  private static String progress(String unit, long done, long total, double seconds) {
    String rate = String.format(Locale.ROOT, "%,d %s", done, unit);
    return total == 0
        ? String.format(Locale.ROOT, "%s, %,.0f a second", rate, done / seconds)
        : String.format(Locale.ROOT, "%s of %,d", rate, total);
  }
}
