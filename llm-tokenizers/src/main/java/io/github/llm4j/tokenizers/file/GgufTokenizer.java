package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.formats.FormatException;
import io.github.llm4j.formats.gguf.GgufFile;
import io.github.llm4j.formats.gguf.GgufValue;
import io.github.llm4j.formats.sentencepiece.PieceType;
import io.github.llm4j.tokenizers.pretokenizer.WordPattern;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tokenizer inside a GGUF file: its keys {@code tokenizer.ggml.*}. */
final class GgufTokenizer {
  private static final String KEY = "tokenizer.ggml.";
  private static final int CONTROL = 3;
  private static final int USER = 4;

  private final String name;
  private final GgufFile file;
  private final List<String> tokens;
  private final long[] types;

  private GgufTokenizer(String name, GgufFile file) throws FormatException {
    this.name = name;
    this.file = file;
    this.tokens = file.value(KEY + "tokens").array().texts();
    Optional<GgufValue> found = file.find(KEY + "token_type");
    this.types = found.isPresent() ? found.get().array().longs() : new long[0];
    if (types.length != 0 && types.length != tokens.size()) {
      throw Wrong.found(name, tokens.size() + " types of tokens", types.length + "");
    }
  }

  static ObjectNode read(String name, GgufFile file) throws FormatException {
    GgufTokenizer tokenizer = new GgufTokenizer(name, file);
    String model = file.value(KEY + "model").text();
    return switch (model) {
      case "llama" -> tokenizer.scored(false);
      case "t5" -> tokenizer.scored(true);
      case "gpt2" -> tokenizer.byteLevel();
      case "bert" -> tokenizer.wordPiece();
      default -> throw Wrong.found(name + ": " + KEY + "model", "llama, t5, gpt2 or bert", model);
    };
  }

  private boolean flag(String key, boolean otherwise) throws FormatException {
    Optional<GgufValue> found = file.find(KEY + key);
    return found.isPresent() ? found.get().flag() : otherwise;
  }

  private long type(int id) {
    return types.length == 0 ? 1 : types[id];
  }

  private ObjectNode scored(boolean unigram) throws FormatException {
    float[] scores = file.value(KEY + "scores").array().floats();
    if (scores.length != tokens.size()) {
      throw Wrong.found(name, tokens.size() + " scores", scores.length + "");
    }
    ScoredPieces pieces = new ScoredPieces(name);
    for (int id = 0; id < scores.length; id++) {
      pieces.add(tokens.get(id), scores[id], kind(id));
    }
    Draft draft = new Draft();
    List<ObjectNode> normalizers = new ArrayList<>();
    Optional<GgufValue> charsmap = file.find(KEY + "precompiled_charsmap");
    if (charsmap.isPresent()) {
      long[] values = charsmap.get().array().longs();
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[i];
      }
      normalizers.add(
          Draft.component("Precompiled")
              .put("precompiled_charsmap", Base64.getEncoder().encodeToString(bytes))
              .put("longest_match", true));
    }
    if (flag("remove_extra_whitespaces", unigram)) {
      normalizers.add(Draft.replaceAll("^ +| +$", ""));
      normalizers.add(Draft.replaceAll(" {2,}", " "));
    }
    boolean prefix = flag("add_space_prefix", true);
    normalizers.addAll(ScoredPieces.blanks(prefix));
    if (unigram) {
      pieces.unigram(draft);
    } else {
      pieces.bpe(draft);
    }
    draft.normalizers(normalizers);
    pieces.decoders(draft, prefix, "");
    return draft.json();
  }

  private PieceType kind(int id) {
    return switch ((int) type(id)) {
      case 2 -> PieceType.UNKNOWN;
      case CONTROL -> PieceType.CONTROL;
      case USER -> PieceType.USER_DEFINED;
      case 5 -> PieceType.UNUSED;
      case 6 -> PieceType.BYTE;
      default -> PieceType.NORMAL;
    };
  }

  private ObjectNode byteLevel() throws FormatException {
    Draft draft = new Draft();
    ObjectNode model = draft.model("BPE");
    ObjectNode vocabulary = vocabulary(model);
    ArrayNode merges = model.putArray("merges");
    for (String merge : file.value(KEY + "merges").array().texts()) {
      merges.add(merge);
    }
    added(draft);
    Optional<GgufValue> given = file.find(KEY + "pre");
    String pre = given.isPresent() ? given.get().text() : "gpt-2";
    draft.preTokenizers(words(pre));
    if (pre.startsWith("llama")) {
      model.put("ignore_merges", true);
    }
    if (vocabulary.isEmpty()) {
      throw Wrong.found(name, "tokens", "none");
    }
    return draft.decoders(List.of(Draft.byteLevel(true))).json();
  }

  /** How words are cut, by the name that GGUF has for it. */
  private List<ObjectNode> words(String pre) {
    return switch (pre) {
      case "gpt-2", "default", "phi-2", "olmo", "jina-en", "mpt", "gigachat" ->
          List.of(Draft.byteLevel(true));
      case "llama-bpe", "llama3", "llama-v3", "falcon3", "smaug-bpe", "dbrx" ->
          List.of(Draft.split(WordPattern.CL100K.regex()), Draft.byteLevel(false));
      case "qwen2", "deepseek-r1-qwen", "stablelm2", "megrez" ->
          List.of(Draft.split(WordPattern.QWEN2.regex()), Draft.byteLevel(false));
      case "gpt-4o", "o200k" ->
          List.of(Draft.split(WordPattern.O200K.regex()), Draft.byteLevel(false));
      case "starcoder", "refact", "command-r", "smollm", "codeshell", "exaone" ->
          List.of(Draft.component("Digits").put("individual_digits", true), Draft.byteLevel(true));
      default ->
          throw Wrong.found(
              name + ": " + KEY + "pre",
              "a way to cut words that is known here, as gpt-2, llama-bpe, qwen2, gpt-4o or"
                  + " starcoder,",
              pre);
    };
  }

  private ObjectNode wordPiece() {
    Draft draft = new Draft();
    ObjectNode model = draft.model("WordPiece");
    model
        .put("unk_token", "[UNK]")
        .put("continuing_subword_prefix", "##")
        .put("max_input_chars_per_word", 100);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(wordPiece(id), id);
    }
    added(draft);
    draft.normalizers(
        List.of(
            Draft.component("BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .put("strip_accents", true)
                .put("lowercase", true)));
    draft.preTokenizers(List.of(Draft.component("BertPreTokenizer")));
    return draft
        .decoders(List.of(Draft.component("WordPiece").put("prefix", "##").put("cleanup", true)))
        .json();
  }

  /** GGUF marks the pieces that begin a word, BERT those that don't. */
  private String wordPiece(int id) {
    String token = tokens.get(id);
    if (token.startsWith(Draft.BLANK)) {
      return token.substring(Draft.BLANK.length());
    }
    return type(id) == 1 ? "##" + token : token;
  }

  private ObjectNode vocabulary(ObjectNode model) {
    ObjectNode vocabulary = model.putObject("vocab");
    Set<String> seen = new HashSet<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (!seen.add(tokens.get(id))) {
        throw Wrong.found(name, "tokens that differ", "'" + tokens.get(id) + "' twice");
      }
      vocabulary.put(tokens.get(id), id);
    }
    return vocabulary;
  }

  private void added(Draft draft) {
    for (int id = 0; id < tokens.size(); id++) {
      if (type(id) == CONTROL || type(id) == USER || type(id) == 2) {
        draft.added(id, tokens.get(id), type(id) != USER);
      }
    }
  }
}
