package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.plugin.PluginFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into a message on the error stream and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + e.getMessage() + ".");
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Usage: " + command.getHelp().synopsis(name.length() + 8).strip());
    }
    err.println("See '" + name + " --help'.");
    return ErrorKind.USER.exitCode();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    boolean debug = ((Llm) command.getCommandSpec().root().userObject()).debug();
    return print(command.getErr(), command.getCommandSpec().qualifiedName(), e, debug);
  }

  /**
   * Says what was thrown.
   *
   * @param name of the command
   * @return the exit code
   */
  static int print(PrintWriter err, String name, Throwable thrown, boolean debug) {
    Throwable cause = thrown;
    while (cause instanceof UncheckedIOException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (kind(cause) == ErrorKind.INTERNAL) {
      cause = PluginFault.of(cause).<Throwable>map(e -> e).orElse(cause);
    }
    ErrorKind kind = kind(cause);
    err.println(kind == ErrorKind.INTERNAL ? internal(name, cause) : message(cause));
    if (debug) {
      thrown.printStackTrace(err);
    } else if (kind == ErrorKind.INTERNAL) {
      err.println("Run it again with --debug and report what it prints.");
    }
    return kind.exitCode();
  }

  private static ErrorKind kind(Throwable cause) {
    return switch (cause) {
      case LlmException e -> e.kind();
      case NoSuchFileException e -> ErrorKind.USER;
      case IOException e -> ErrorKind.RESOURCES;
      default -> ErrorKind.INTERNAL;
    };
  }

  private static String message(Throwable cause) {
    return switch (cause) {
      case LlmException e -> e.getMessage();
      case NoSuchFileException e -> e.getFile() + ": a file expected, found none. Check the path.";
      case FileSystemException e ->
          e.getFile()
              + ": can't be read or written: "
              + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason())
              + ". Check its rights and the space on its disk.";
      default -> "reading or writing failed: " + cause.getMessage();
    };
  }

  private static String internal(String name, Throwable cause) {
    return name + ": a fault of llm4j: " + cause;
  }
}
