package io.github.llm4j.cli;

import io.github.llm4j.tokenizers.TokenizerFigures;
import io.github.llm4j.tokenizers.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm tokenizer compare}: several tokenizers side by side on one text. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares tokenizers on a text: how many tokens they make of a word, how many bytes one"
          + " stands for, how much they don't know, how fast they are on one thread.",
      "Words are what stands between blanks."
    },
    footerHeading = "%n",
    footer = {"Example:", "  llm tokenizer compare --on text.txt gpt2 runs/mine/tokenizer.json"})
public final class TokenizerCompareCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "TOKENIZER",
      description = "Files or folders of tokenizers or models.")
  private List<Path> paths = List.of();

  @Option(names = "--on", required = true, paramLabel = "FILE", description = "The text.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  /** Made by picocli. */
  public TokenizerCompareCommand() {}

  @Override
  public Integer call() {
    String text;
    try {
      text = TokenizerInput.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Table table =
        new Table()
            .row(
                "TOKENIZER",
                "IDS",
                "TOKENS",
                "A WORD",
                "BYTES EACH",
                "UNKNOWN",
                "ROUND TRIP",
                "MB/S");
    for (Path path : paths) {
      TokenizerFigures figures = TokenizerFigures.of(Tokenizers.open(path), text);
      table.row(
          path.toString(),
          number("%,d", figures.vocabSize()),
          number("%,d", figures.tokens()),
          number("%.3f", figures.tokensPerWord()),
          number("%.3f", figures.bytesPerToken()),
          number("%.2f %%", 100 * figures.unknownShare()),
          figures.roundTrip() ? "yes" : "no",
          number("%.1f", figures.megabytesPerSecond()));
    }
    table.print(spec.commandLine().getOut());
    return 0;
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
