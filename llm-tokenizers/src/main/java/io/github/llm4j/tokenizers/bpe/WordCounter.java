package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.tokenizers.pipeline.Text;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Counts the words of texts that may be larger than memory: pieces are read one behind the other
 * and counted on all workers, each in a table of its own; sums don't depend on who counted.
 */
public final class WordCounter {
  private static final int PIECE = 1 << 20;
  private static final int PIECES_A_WORKER = 2;

  private final String name;
  private final WordSource source;
  private final List<String> special;
  private final TokenizerContext context;
  private final WordCounts[] tables;
  private long read;

  private WordCounter(
      String name, WordSource source, List<String> special, TokenizerContext context) {
    this.name = name;
    this.source = source;
    this.special = special;
    this.context = context;
    this.tables = new WordCounts[context.workers().count()];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = new WordCounts();
    }
  }

  /**
   * Counts the words of a context's texts.
   *
   * @param name what messages call the tokenizer
   * @param special texts of special tokens, which are no words and part those around them
   * @throws CancellationException if the progress says so
   */
  public static WordCounts count(
      String name, WordSource source, List<String> special, TokenizerContext context)
      throws IOException {
    return count(name, source, special, context, PIECE);
  }

  /** The same in pieces of at least so many characters. */
  static WordCounts count(
      String name, WordSource source, List<String> special, TokenizerContext context, int piece)
      throws IOException {
    WordCounter counter = new WordCounter(name, source, special, context);
    for (TokenizerContext.Source text : context.texts()) {
      try (Reader reader = text.open()) {
        counter.count(new TextPieces(reader, source.borders(), special, piece));
      }
    }
    WordCounts all = counter.tables[0];
    for (int i = 1; i < counter.tables.length; i++) {
      all.addAll(counter.tables[i]);
    }
    return all;
  }

  private void count(TextPieces pieces) throws IOException {
    Workers workers = context.workers();
    List<Piece> batch = new ArrayList<>();
    boolean continued = false;
    String next;
    do {
      next = pieces.next();
      if (!next.isEmpty()) {
        batch.add(new Piece(next, continued));
        continued = true;
      }
      if (next.isEmpty() || batch.size() == PIECES_A_WORKER * workers.count()) {
        workers.run(batch.size(), (part, worker) -> count(batch.get(part), tables[worker]));
        for (Piece done : batch) {
          read += done.text().length();
        }
        batch.clear();
        if (!context.progress().learned("characters", read, 0)) {
          throw new CancellationException("tokenizer: learning was ended");
        }
      }
    } while (!next.isEmpty());
  }

  /**
   * A piece of a text.
   *
   * @param continued whether it isn't the first
   */
  private record Piece(String text, boolean continued) {}

  private void count(Piece piece, WordCounts counts) {
    String text = piece.text();
    int from = 0;
    for (int at = 0; at < text.length() && !special.isEmpty(); at++) {
      int found = special(text, at);
      if (found > 0) {
        countWords(text.substring(from, at), from == 0 && piece.continued(), counts);
        from = at + found;
        at = from - 1;
      }
    }
    countWords(text.substring(from), from == 0 && piece.continued(), counts);
  }

  /** Length of the longest special token that begins here; 0 if none does. */
  private int special(String text, int at) {
    int longest = 0;
    for (String token : special) {
      if (token.length() > longest && text.startsWith(token, at)) {
        longest = token.length();
      }
    }
    return longest;
  }

  private void countWords(String piece, boolean continued, WordCounts counts) {
    if (piece.isEmpty()) {
      return;
    }
    Text text = Text.of(name, piece, continued);
    source.open((in, from, to) -> counts.add(in.bytes(), from, to, 1)).take(text, 0, text.length());
  }
}
