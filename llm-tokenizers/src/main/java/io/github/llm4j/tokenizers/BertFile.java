package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.AddedToken;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import io.github.llm4j.tokenizers.wordpiece.WordPiece;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** BERT's vocab.txt, a token a line, and what stands around its model in a tokenizer.json. */
final class BertFile {
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private BertFile() {}

  /**
   * A tokenizer.json without its model.
   *
   * @param special texts of special tokens, with the first ids
   */
  static JsonPart parts(List<String> special, boolean lowercase) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    special.forEach(token -> ids.put(token, ids.size()));
    return parts(ids, lowercase);
  }

  private static JsonPart parts(Map<String, Integer> special, boolean lowercase) {
    ObjectNode root = Frame.empty().json();
    ArrayNode added = root.withArray("added_tokens");
    special.forEach((token, id) -> AddedToken.special(id, token).write(added.addObject()));
    root.putObject("normalizer")
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .putNull("strip_accents")
        .put("lowercase", lowercase);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    Integer first = special.get("[CLS]");
    Integer last = special.get("[SEP]");
    if (first != null && last != null) {
      ObjectNode post = root.putObject("post_processor").put("type", "BertProcessing");
      post.putArray("sep").add("[SEP]").add(last);
      post.putArray("cls").add("[CLS]").add(first);
    }
    return JsonPart.of(WordPieceProvider.TYPE, root.toString());
  }

  /**
   * The tokenizer of a vocab.txt: a token's id is its line, counted from 0.
   *
   * @param name what messages call the file
   * @param lowercase whether texts are lower-cased; empty if it is for the tokens to say: they are
   *     unless one that isn't special has a capital letter
   */
  static Pipeline read(String name, String text, Optional<Boolean> lowercase) {
    String[] lines = text.replace("\r\n", "\n").split("\n", -1);
    int count =
        lines.length > 0 && lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    byte[][] tokens = new byte[count][];
    Map<String, Integer> special = new LinkedHashMap<>();
    boolean capitals = false;
    for (int id = 0; id < count; id++) {
      String token = lines[id];
      if (token.isEmpty()) {
        throw new LlmException(
            ErrorKind.USER,
            "%s:%d: a token expected, found an empty line. The file is damaged; copy it again."
                .formatted(name, id + 1));
      }
      tokens[id] = token.getBytes(StandardCharsets.UTF_8);
      if (SPECIAL.contains(token)) {
        special.put(token, id);
      }
      capitals |= !token.startsWith("[") && !token.equals(token.toLowerCase(Locale.ROOT));
    }
    if (!special.containsKey(WordPieceProvider.UNKNOWN)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: a vocabulary with a line %s expected, found %,d lines without. Name BERT's vocab.txt or a tokenizer.json."
              .formatted(name, WordPieceProvider.UNKNOWN, count));
    }
    boolean lower = lowercase.orElse(!capitals);
    return PipelineFile.join(
        WordPieceProvider.TYPE,
        parts(special, lower),
        new WordPiece(new Vocabulary(tokens), WordPieceProvider.UNKNOWN, "##", 100));
  }
}
