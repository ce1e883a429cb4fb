package io.github.llm4j.cli;

import io.github.llm4j.api.tokenizer.Tokenizer;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code llm tokenizer encode}: the ids of a text. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = "Prints the ids of a text, or of each of its lines.",
    footerHeading = "%n",
    footer = {
      "Examples:",
      "  llm tokenizer encode gpt2 'Hello  World'",
      "  llm tokenizer encode gpt2 --lines < texts.txt"
    })
public final class TokenizerEncodeCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private TokenizerInput input = new TokenizerInput();

  @Option(names = "--lines", description = "Take each line for itself; as many lines come out.")
  private boolean lines;

  @Option(names = "--count", description = "Print how many ids there are, not which.")
  private boolean count;

  /** Made by picocli. */
  public TokenizerEncodeCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Tokenizer tokenizer = input.tokenizer();
    String text = input.text();
    if (!lines) {
      print(tokenizer.encode(text), out);
      return 0;
    }
    int from = 0;
    while (from < text.length()) { // a line ends at \n alone: other ends are part of it
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      print(tokenizer.encode(text.substring(from, to)), out);
      from = to + 1;
    }
    return 0;
  }

  private void print(int[] ids, PrintWriter out) {
    if (count) {
      out.println(ids.length);
      return;
    }
    StringBuilder line = new StringBuilder(ids.length * 6);
    for (int i = 0; i < ids.length; i++) {
      line.append(i == 0 ? "" : " ").append(ids[i]);
    }
    out.println(line);
  }
}
