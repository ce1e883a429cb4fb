package io.github.llm4j.cli;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code llm tokenizer show}: a text in its tokens. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a text in its tokens: coloured, and each with its id and its range.",
    footerHeading = "%n",
    footer = {"Example:", "  llm tokenizer show gpt2 'naïve café'"})
public final class TokenizerShowCommand implements LlmCommand {
  /** Whether colours are used. */
  enum Color {
    /** On a terminal, unless NO_COLOR is set. */
    AUTO,
    /** In any case. */
    ALWAYS,
    /** In no case: brackets stand around tokens. */
    NEVER
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private TokenizerInput input = new TokenizerInput();

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      description = "Colours, or brackets (default ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private Color color;

  /** Made by picocli. */
  public TokenizerShowCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Tokenizer tokenizer = input.tokenizer();
    String text = input.text();
    Encoding tokens = tokenizer.tokenize(text);
    out.println(TokenText.of(text, tokens, coloured()));
    out.println();
    Table table = new Table().row("TOKEN", "ID", "CHARS", "WORD", "TEXT");
    for (int t = 0; t < tokens.size(); t++) {
      table.row(
          String.valueOf(t),
          String.valueOf(tokens.id(t)),
          tokens.start(t) + "-" + tokens.end(t),
          tokens.word(t) == Encoding.NONE ? "" : String.valueOf(tokens.word(t)),
          TokenText.cell(text, tokens, t));
    }
    table.print(out);
    out.println();
    out.println(
        "%,d tokens of %,d characters"
            .formatted(tokens.size(), text.codePointCount(0, text.length())));
    return 0;
  }

  private boolean coloured() {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          System.getenv("NO_COLOR") == null
              && Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    };
  }
}
