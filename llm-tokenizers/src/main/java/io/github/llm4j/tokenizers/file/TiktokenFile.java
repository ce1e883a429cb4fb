package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.bpe.ByteLetters;
import io.github.llm4j.tokenizers.pretokenizer.WordPattern;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ranks as tiktoken keeps them: in each line the bytes of a token in Base64, and its id, which is
 * its rank as well. The pattern that cuts words and the special tokens aren't in the file: they
 * belong to its name.
 */
final class TiktokenFile {
  private static final int MOST = 1 << 24;

  /** What belongs to a name. */
  private record Encoding(String name, WordPattern pattern, Map<String, Integer> special) {}

  private static final String END = "<|endoftext|>";

  private static final List<Encoding> KNOWN =
      List.of(
          new Encoding("r50k", WordPattern.GPT2, Map.of(END, 50256)),
          new Encoding("p50k", WordPattern.GPT2, Map.of(END, 50256)),
          new Encoding(
              "cl100k",
              WordPattern.CL100K,
              Map.of(
                  END,
                  100257,
                  "<|fim_prefix|>",
                  100258,
                  "<|fim_middle|>",
                  100259,
                  "<|fim_suffix|>",
                  100260,
                  "<|endofprompt|>",
                  100276)),
          new Encoding("o200k", WordPattern.O200K, Map.of(END, 199999, "<|endofprompt|>", 200018)));

  private TiktokenFile() {}

  /** Whether a text looks like such a file. */
  static boolean isOne(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).matches("[A-Za-z0-9+/]+=* [0-9]+\r?");
  }

  /**
   * Reads a file.
   *
   * @param name its path, whose last part names the encoding
   */
  static ObjectNode read(String name, String text) {
    Encoding encoding = encoding(name);
    Draft draft = new Draft();
    ObjectNode model = draft.model("BPE");
    model.put("ignore_merges", true);
    ObjectNode vocabulary = model.putObject("vocab");
    AllSplits splits = new AllSplits();
    int line = 0;
    int end = 0;
    for (int from = 0; from < text.length(); from = end + 1) {
      end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      String row = text.substring(from, end).stripTrailing();
      line++;
      if (!row.isEmpty()) {
        add(name + ":" + line, row, vocabulary, splits);
      }
    }
    for (int b = 0; b < 256; b++) {
      if (!vocabulary.has(ByteLetters.letters(new byte[] {(byte) b}))) {
        throw Wrong.found(name, "a token for each byte", "none for 0x%02X".formatted(b));
      }
    }
    splits.write(model.putArray("merges"));
    new TreeMap<>(encoding.special).forEach((content, id) -> draft.added(id, content, true));
    boolean gpt2 = encoding.pattern == WordPattern.GPT2;
    return draft
        .preTokenizers(
            gpt2
                ? List.of(Draft.byteLevel(true))
                : List.of(Draft.split(encoding.pattern.regex()), Draft.byteLevel(false)))
        .decoders(List.of(Draft.byteLevel(true)))
        .json();
  }

  private static Encoding encoding(String name) {
    String file = name.replace('\\', '/');
    String last = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(e -> last.contains(e.name))
        .findFirst()
        .orElseThrow(
            () ->
                new LlmException(
                    ErrorKind.USER,
                    ("%s: a name with r50k, p50k, cl100k or o200k in it expected, found none. A"
                            + " file of ranks doesn't say how words are cut; its name does.")
                        .formatted(name)));
  }

  private static void add(String where, String row, ObjectNode vocabulary, AllSplits splits) {
    int blank = row.indexOf(' ');
    byte[] bytes;
    int rank;
    try {
      bytes = Base64.getDecoder().decode(row.substring(0, Math.max(0, blank)));
      rank = Integer.parseInt(row.substring(blank + 1));
    } catch (IllegalArgumentException e) {
      throw Wrong.found(where, "a token in Base64 and its rank", "'" + cut(row) + "'");
    }
    if (bytes.length == 0 || rank < 0 || rank >= MOST) {
      throw Wrong.found(where, "a token and a rank from 0 to " + MOST, "'" + cut(row) + "'");
    }
    String letters = ByteLetters.letters(bytes);
    if (vocabulary.has(letters)) {
      throw Wrong.found(where, "a token that stood nowhere before", "'" + cut(row) + "' again");
    }
    vocabulary.put(letters, rank);
    splits.add(letters, rank);
  }

  private static String cut(String row) {
    return row.length() <= 60 ? row : row.substring(0, 60) + "…";
  }
}
