package io.github.llm4j.tokenizers;

import io.github.llm4j.tokenizers.bpe.BytePairsFile;
import io.github.llm4j.tokenizers.decoder.Decoders;
import io.github.llm4j.tokenizers.frame.FrameFile;
import io.github.llm4j.tokenizers.normalizer.Normalizers;
import io.github.llm4j.tokenizers.pipeline.AddedToken;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pretokenizer.PreTokenizers;
import io.github.llm4j.tokenizers.unigram.UnigramFile;
import io.github.llm4j.tokenizers.wordlevel.WordLevel;
import io.github.llm4j.tokenizers.wordpiece.WordPiece;

/** Reads the parts of a tokenizer.json. */
final class PipelineFile {
  /** What a tokenizer with a word-level model is called; no config has one. */
  static final String WORD_LEVEL = "word-level";

  static final String UNIGRAM = "unigram";

  private PipelineFile() {}

  /**
   * Reads a tokenizer of any model that is known here.
   *
   * @throws io.github.llm4j.api.error.LlmException if a part is damaged, or of a type that isn't
   *     known
   */
  static Pipeline read(JsonPart root) {
    JsonPart model = root.get("model");
    return switch (modelType(model)) {
      case "WordPiece" -> join(WordPieceProvider.TYPE, root, WordPiece.read(model));
      case "Unigram" -> join(UNIGRAM, root, UnigramFile.read(model));
      case "WordLevel" -> join(WORD_LEVEL, root, WordLevel.read(model));
      default -> {
        boolean bytes = isByteLevel(root);
        String name = bytes ? ByteLevelBpeProvider.TYPE : BpeProvider.TYPE;
        yield join(name, root, BytePairsFile.read(model, bytes));
      }
    };
  }

  /** The same of a tokenizer that must be of one kind. */
  static Pipeline read(String name, JsonPart root) {
    Pipeline pipeline = read(root);
    if (!pipeline.name().equals(name)) {
      throw root.get("model")
          .wrong("a model of a tokenizer '" + name + "'", "one of '" + pipeline.name() + "'");
    }
    return pipeline;
  }

  /** The model's type; files of before 2020 name none, but the models differ in their keys. */
  private static String modelType(JsonPart model) {
    if (!model.get("type").isPresent()) {
      if (model.get("merges").isPresent()) {
        return "BPE";
      }
      if (model.get("max_input_chars_per_word").isPresent()) {
        return "WordPiece";
      }
      if (model.get("vocab").json().isArray()) {
        return "Unigram";
      }
    }
    return model.type("BPE", "WordPiece", "WordLevel", "Unigram");
  }

  /**
   * Whether words come to the model as bytes, which its vocabulary writes as letters. Behind the
   * normalizer of that name the text itself is letters, so its model is one over characters.
   */
  private static boolean isByteLevel(JsonPart root) {
    return isByteLevelCut(root.get("pre_tokenizer"));
  }

  private static boolean isByteLevelCut(JsonPart part) {
    JsonPart members = part.get("pretokenizers");
    return part.get("type").json().asText().equals("ByteLevel")
        || (members.isPresent() && members.items().stream().anyMatch(PipelineFile::isByteLevelCut));
  }

  /** Joins the parts around a model that was read. */
  static Pipeline join(String name, JsonPart root, TokenModel model) {
    return new Pipeline(
        name,
        AddedToken.readAll(root.get("added_tokens")),
        Normalizers.read(root.get("normalizer")),
        PreTokenizers.read(root.get("pre_tokenizer")),
        model,
        Decoders.read(root.get("decoder")),
        FrameFile.read(root));
  }
}
