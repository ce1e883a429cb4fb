package io.github.llm4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code llm tokenizer}: what can be done with a tokenizer alone. */
@Command(
    name = "tokenizer",
    mixinStandardHelpOptions = true,
    description = "Trains tokenizers, encodes and decodes with them, shows and compares them.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      TokenizerTrainCommand.class,
      TokenizerEncodeCommand.class,
      TokenizerDecodeCommand.class,
      TokenizerShowCommand.class,
      TokenizerCompareCommand.class
    })
public final class TokenizerCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Made by ServiceLoader. */
  public TokenizerCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "a command expected behind 'llm tokenizer', as train or encode, found none");
  }
}
