package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.TrainingListener;
import io.github.llm4j.trainers.run.RunFolder;
import io.github.llm4j.trainers.run.Verification;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm verify}: trains a stretch of a run again and compares. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Trains a stretch of a run again and compares every loss and, at a checkpoint, every bit of"
            + " weights and optimizer. The run stays as it is.",
    footerHeading = "%n",
    footer = {"Example:", "  llm verify runs/gpt-shakespeare --from 0 --steps 50"})
public final class VerifyCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  @SuppressWarnings("NullAway.Init")
  private Path run;

  @Option(
      names = "--from",
      paramLabel = "STEP",
      description =
          "Checkpoint to begin with; 0 is the beginning. The last but one checkpoint by default.")
  private @Nullable Long from;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps to go; up to the next checkpoint by default.")
  private @Nullable Long steps;

  /** Made by ServiceLoader. */
  public VerifyCommand() {}

  @Override
  public Integer call() {
    LiveLine line = LiveLine.of(spec.commandLine().getOut());
    TrainingListener shown =
        new TrainingListener() {
          @Override
          public void step(StepReport report) {
            line.show("step %d: loss %.4f".formatted(report.step(), report.loss()));
          }
        };
    AtomicBoolean stop = new AtomicBoolean();
    try (Interrupts interrupts = new Interrupts(() -> stop.set(true))) {
      Verification.Result result =
          new Verification(new RunFolder(run), Components.registry())
              .run(optional(from), optional(steps), shown, stop::get);
      if (stop.get()) {
        return interrupts.code();
      }
      result.otherBits().ifPresent(what -> line.print("Not as the run was trained: " + what + "."));
      line.print(said(result));
      return result.difference().isEmpty()
          ? 0
          : (result.otherBits().isPresent() ? ErrorKind.PLUGIN : ErrorKind.INTERNAL).exitCode();
    } finally {
      line.clear();
    }
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static String said(Verification.Result result) {
    String stretch = "Steps %d to %d: ".formatted(result.from() + 1, result.to());
    String compared =
        "%d losses, norms and rates%s"
            .formatted(result.values(), result.memory() ? ", weights and optimizer" : "");
    return result
        .difference()
        .map(what -> stretch + compared + " compared; " + what + ".")
        .orElse(stretch + compared + " are the same, bit for bit.");
  }
}
