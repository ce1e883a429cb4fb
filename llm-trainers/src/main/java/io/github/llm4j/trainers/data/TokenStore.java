package io.github.llm4j.trainers.data;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Texts as ids, kept in a folder: tokenized once, then mapped. A file's name is a hash of the
 * text's bytes and of the tokenizer, so another text or tokenizer never meets old ids. It is
 * written under a temporary name, flushed to disk and renamed: what has the name is whole. A kill
 * in between costs the last few pieces only.
 */
public final class TokenStore {
  private static final Logger LOG = System.getLogger(TokenStore.class.getName());
  private static final int CHUNK = 1 << 20;

  /** Pieces between two marks, behind which an interrupted tokenizing goes on. */
  private static final int MARK_EVERY = 8;

  private final Path folder;
  private final int chunk;

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
    this(folder, CHUNK);
  }

  /** A store that tokenizes in pieces of so many characters. */
  TokenStore(Path folder, int chunk) {
    this.folder = folder;
    this.chunk = chunk;
  }

  /**
   * Ids with their name.
   *
   * @param tokens the ids
   * @param key a hash of the text's bytes and of the tokenizer
   */
  record Kept(Tokens tokens, String key) {}

  /**
   * Ids of a text.
   *
   * @param text the text
   * @param tokenizer turns it into ids
   * @param identity what tells the tokenizer from all others: its saved form
   */
  Kept tokens(TextFile text, Tokenizer tokenizer, String identity, Progress progress) {
    int width = Tokens.width(tokenizer.vocabSize());
    String key = new Hash().add(text.hash()).add("\n").add(identity).hex();
    Path file = folder.resolve(key.substring(0, 32) + ".tokens");
    try {
      if (Files.exists(file)) {
        Optional<Tokens> kept = TokenFile.open(file, width, key);
        if (kept.isPresent()) {
          return new Kept(kept.get(), key);
        }
        LOG.log(Logger.Level.WARNING, "{0} is damaged; the text is tokenized again.", file);
      }
      write(text, tokenizer, file, width, key, progress);
      Tokens tokens =
          TokenFile.open(file, width, key)
              .orElseThrow(() -> new IOException(file + " can't be read back"));
      return new Kept(tokens, key);
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
    PartialTokens part =
        PartialTokens.open(file, width)
            .orElseThrow(
                () ->
                    new LlmException(
                        ErrorKind.RESOURCES,
                        "%s: nobody else expected to write it, found another process that tokenizes"
                                .formatted(file)
                            + " the same text. Wait until it is done."));
    try (part;
        Chunks chunks = new Chunks(text, chunk)) {
      long seen = 0;
      for (String piece = chunks.next(); !piece.isEmpty(); piece = chunks.next()) {
        if (seen++ < part.pieces()) {
          continue; // its ids are there from before
        }
        part.add(encode(tokenizer, piece, text, chunks.line()));
        if (seen % MARK_EVERY == 0) {
          part.mark();
        }
        progress.tokenized(text.path(), chunks.bytes(), text.bytes());
      }
      part.finish(key);
    } catch (LlmException e) {
      part.discard();
      throw e;
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
}
