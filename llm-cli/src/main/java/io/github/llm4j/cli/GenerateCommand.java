package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tasks.generation.Generation;
import io.github.llm4j.tasks.generation.GenerationSettings;
import io.github.llm4j.tasks.generation.TextGenerator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm generate}: lets a model go on with a text. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lets a model go on with a text. The same seed writes the same text.")
public final class GenerateCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FOLDER",
      description = "Folder of a run, of a checkpoint, or of a model of a known family.")
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Parameters(paramLabel = "PROMPT", description = "The text to go on with.")
  @SuppressWarnings("NullAway.Init")
  private String prompt;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "100",
      description = "Greatest number of new tokens (default ${DEFAULT-VALUE}).")
  private int tokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description =
          "0 takes the likeliest token always, more is bolder (default ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Draw among the K likeliest tokens; 0 for all (default ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Draw among the likeliest tokens that together have probability P"
              + " (default ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the draws (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--when-full",
      paramLabel = "slide|stop",
      defaultValue = "slide",
      description =
          "When the context is full: forget its older half and go on, or end"
              + " (default ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private GenerationSettings.WhenFull whenFull;

  @Option(
      names = "--truncate",
      paramLabel = "left",
      defaultValue = "none",
      description = "Leave out the beginning of a prompt that is too long, instead of refusing it.")
  @SuppressWarnings("NullAway.Init")
  private GenerationSettings.Truncate truncate;

  @Option(
      names = "--ids",
      description = "Prompt and text are token ids, as '1 403 407': for unknown tokenizers.")
  private boolean ids;

  /** Made by ServiceLoader. */
  public GenerateCommand() {}

  @Override
  public Integer call() {
    GenerationSettings settings =
        new GenerationSettings(tokens, temperature, topK, topP, seed, whenFull, truncate);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (TextGenerator generator = TextGenerator.open(folder, Components.registry())) {
      if (ids) {
        generator.generateIds(ids(prompt), settings, id -> out.print(id + " "));
        out.println();
        out.flush();
        return 0;
      }
      long start = System.nanoTime();
      StringBuilder before = new StringBuilder(prompt); // shown once the prompt is accepted
      Generation text =
          generator.generate(
              prompt,
              settings,
              chunk -> {
                out.print(before + chunk);
                out.flush();
                before.setLength(0);
              });
      out.println(before);
      out.flush();
      double seconds = (System.nanoTime() - start) * 1e-9;
      err.println(said(text, generator.contextLength(), seconds));
    }
    return 0;
  }

  private static int[] ids(String prompt) {
    try {
      return Arrays.stream(prompt.strip().split("\\s+")).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new LlmException(
          ErrorKind.USER,
          "prompt: token ids as '1 403 407' expected, found '%s'. Leave --ids out for a text."
              .formatted(prompt),
          e);
    }
  }

  private String said(Generation text, int context, double seconds) {
    StringBuilder said = new StringBuilder();
    if (text.cut() > 0) {
      said.append("The first %d tokens of the prompt were left out. ".formatted(text.cut()));
    }
    said.append(
        "%d tokens in %.1f s (%.0f a second)"
            .formatted(text.tokens(), seconds, text.tokens() / seconds)
            .toLowerCase(Locale.ROOT));
    if (text.finish() == Generation.Finish.CONTEXT) {
      said.append(
          ", then the context of %d tokens was full; --when-full=slide goes on".formatted(context));
    } else if (text.promptTokens() + text.tokens() > context) {
      said.append(
          "; the context holds %d, its older half was forgotten each time it was full"
              .formatted(context));
    }
    return said.append('.').toString();
  }
}
