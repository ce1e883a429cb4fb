package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.Tokenizers;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm tokenizer decode}: the text of ids. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = "Prints the text of ids, as they come.",
    footerHeading = "%n",
    footer = {"Example:", "  llm tokenizer decode gpt2 15496 220 2159"})
public final class TokenizerDecodeCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "TOKENIZER",
      description = "File or folder of a tokenizer or model.")
  @SuppressWarnings("NullAway.Init")
  private Path path;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ID",
      description = "Ids; without them, those that come through the pipe.")
  private List<String> ids = List.of();

  /** Made by picocli. */
  public TokenizerDecodeCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Tokenizer tokenizer = Tokenizers.open(path);
    StreamingDecoder decoder = tokenizer.streamingDecoder();
    Consumer<String> print =
        word -> {
          out.print(decoder.add(id(word)));
          out.flush();
        };
    if (ids.isEmpty()) {
      Scanner words = new Scanner(System.in, StandardCharsets.UTF_8);
      words.forEachRemaining(print);
    } else {
      ids.forEach(print);
    }
    out.println(decoder.end());
    return 0;
  }

  private static int id(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new LlmException(
          ErrorKind.USER,
          "ids: whole numbers with blanks between them expected, found '%s'. 'llm tokenizer encode' prints some."
              .formatted(word),
          e);
    }
  }
}
