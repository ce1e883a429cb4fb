package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.Tokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A tokenizer and a text: words, a file, or what comes through the pipe. */
final class TokenizerInput {
  @Parameters(
      index = "0",
      paramLabel = "TOKENIZER",
      description = "File or folder of a tokenizer or model.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path path;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "The text; without it and --in, what comes through the pipe.")
  private List<String> words = List.of();

  @Option(names = "--in", paramLabel = "FILE", description = "Take the text of a file.")
  private Optional<Path> file = Optional.empty();

  /** The tokenizer. */
  Tokenizer tokenizer() {
    return Tokenizers.open(path);
  }

  /**
   * The whole text.
   *
   * @throws LlmException if it can't be read, or is no UTF-8
   */
  String text() {
    if (!words.isEmpty()) {
      if (file.isPresent()) {
        throw new LlmException(
            ErrorKind.USER,
            "--in %s: a text or a file expected, found both. Leave one out.".formatted(file.get()));
      }
      return String.join(" ", words);
    }
    try {
      return file.isPresent() ? read(file.get()) : read("standard input", System.in);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a text expected, found %s. Check the path."
              .formatted(file.map(Path::toString).orElse("standard input"), e),
          e);
    }
  }

  /**
   * Text of a file.
   *
   * @throws LlmException if it is missing, or no UTF-8
   */
  static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a text file expected, found %s. Check the path."
              .formatted(file, Files.exists(file) ? "a folder" : "nothing"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    }
  }

  private static String read(String name, InputStream in) throws IOException {
    byte[] bytes = in.readAllBytes();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: UTF-8 text expected, found bytes that are none. Convert it, as with iconv."
              .formatted(name),
          e);
    }
  }
}
