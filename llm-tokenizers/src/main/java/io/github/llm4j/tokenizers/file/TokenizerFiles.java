package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.formats.FormatException;
import io.github.llm4j.formats.gguf.GgufFile;
import io.github.llm4j.formats.sentencepiece.SentencePieceModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Recognises files of tokenizers by what they begin with, and rewrites them as tokenizer.json. */
public final class TokenizerFiles {
  private static final int BEGIN = 1 << 10;
  private static final long MOST = 1L << 28;

  private TokenizerFiles() {}

  /**
   * A file as tokenizer.json; empty if it is none of those that are rewritten: SentencePiece's,
   * tiktoken's, GGUF, llama2.c's.
   *
   * @throws LlmException if it is damaged, or has what isn't known here
   * @throws IOException if it can't be read
   */
  public static Optional<ObjectNode> rewrite(Path file) throws IOException {
    byte[] begin;
    try (InputStream in = Files.newInputStream(file)) {
      begin = in.readNBytes(BEGIN);
    }
    String name = file.toString();
    try {
      if (startsWith(begin, "GGUF")) {
        try (GgufFile gguf = GgufFile.open(file)) {
          return Optional.of(GgufTokenizer.read(name, gguf));
        }
      }
      if (Llama2cFile.isOne(begin)) {
        return Optional.of(Llama2cFile.read(name, bytes(file)));
      }
      if (TiktokenFile.isOne(new String(begin, StandardCharsets.ISO_8859_1))) {
        return Optional.of(
            TiktokenFile.read(name, new String(bytes(file), StandardCharsets.ISO_8859_1)));
      }
      if (begin.length > 0 && begin[0] == '\n' && name.endsWith(".model")) {
        return Optional.of(SentencePieceFile.read(name, SentencePieceModel.read(file)));
      }
    } catch (FormatException e) {
      throw new LlmException(ErrorKind.USER, String.valueOf(e.getMessage()), e);
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] begin, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.US_ASCII);
    return begin.length >= bytes.length
        && Arrays.equals(begin, 0, bytes.length, bytes, 0, bytes.length);
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MOST) {
      throw Wrong.found(file.toString(), "up to 256 MiB", Files.size(file) + " bytes");
    }
    return Files.readAllBytes(file);
  }
}
