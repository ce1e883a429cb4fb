package io.github.llm4j.trainers.data;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Texts as ids, kept in a folder: tokenized once, then mapped. A file's name is a hash of the
 * text's bytes and of the tokenizer, so another text or tokenizer never meets old ids. It is
 * written under a temporary name, flushed to disk and renamed: what has the name is whole.
 */
public final class TokenStore {
  private static final Logger LOG = System.getLogger(TokenStore.class.getName());
  private static final int CHUNK = 1 << 20;

  private final Path folder;

  /** How far tokenizing is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called now and then.
     *
     * @param text which text
     * @param done bytes of it that are tokenized
     * @param total all bytes
     */
    void tokenized(Path text, long done, long total);
  }

  /** A store in this folder, which is made when it is needed. */
  public TokenStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Ids of a text.
   *
   * @param text the text
   * @param tokenizer turns it into ids
   * @param identity what tells the tokenizer from all others: its saved form
   */
  Tokens tokens(TextFile text, Tokenizer tokenizer, String identity, Progress progress) {
    int width = Tokens.width(tokenizer.vocabSize());
    String key = new Hash().add(text.hash()).add("\n").add(identity).hex();
    Path file = folder.resolve(key.substring(0, 32) + ".tokens");
    try {
      if (Files.exists(file)) {
        Optional<Tokens> kept = TokenFile.open(file, width, key);
        if (kept.isPresent()) {
          return kept.get();
        }
        LOG.log(Logger.Level.WARNING, "{0} is damaged; the text is tokenized again.", file);
      }
      write(text, tokenizer, file, width, key, progress);
      return TokenFile.open(file, width, key)
          .orElseThrow(() -> new IOException(file + " can't be read back"));
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "%s: room to write and read ids expected, found %s. Free the disk or choose another folder."
              .formatted(file, e),
          e);
    } catch (UncheckedIOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a readable text expected, found %s.".formatted(text.path(), e.getCause()),
          e);
    }
  }

  private void write(
      TextFile text, Tokenizer tokenizer, Path file, int width, String key, Progress progress)
      throws IOException {
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "tokens-", ".part");
    try {
      try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE);
          Chunks chunks = new Chunks(text, CHUNK)) {
        out.position(TokenFile.HEAD);
        long count = 0;
        for (String chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
          int[] ids = encode(tokenizer, chunk, text, chunks.line());
          byte[] bytes = new byte[ids.length * width];
          TokenFile.put(MemorySegment.ofArray(bytes), width, ids);
          writeAll(out, ByteBuffer.wrap(bytes));
          count += ids.length;
          progress.tokenized(text.path(), chunks.bytes(), text.bytes());
        }
        out.position(0);
        writeAll(out, TokenFile.head(width, count, key));
        out.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static int[] encode(Tokenizer tokenizer, String chunk, TextFile text, long line) {
    int[] ids;
    try {
      ids = tokenizer.encode(chunk);
    } catch (LlmException e) {
      throw new LlmException(
          e.kind(), "%s (from line %d): %s".formatted(text.path(), line, e.getMessage()), e);
    }
    for (int id : ids) {
      if (id < 0 || id >= tokenizer.vocabSize()) {
        throw new LlmException(
            ErrorKind.PLUGIN,
            "tokenizer: ids from 0 to %d expected, found %d. Mend the tokenizer."
                .formatted(tokenizer.vocabSize() - 1, id));
      }
    }
    return ids;
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int written = out.write(bytes);
      if (written < 0) {
        throw new IOException("nothing written");
      }
    }
  }
}
