package io.github.llm4j.tokenizers;

import io.github.llm4j.tokenizers.normalizer.Normalizers;
import io.github.llm4j.tokenizers.pipeline.AddedToken;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pretokenizer.ByteLevel;
import io.github.llm4j.tokenizers.pretokenizer.PreTokenizers;
import java.util.Optional;

/** Reads the parts of a tokenizer.json. */
final class PipelineFile {
  private PipelineFile() {}

  /**
   * Joins the parts around a model that was read.
   *
   * @throws io.github.llm4j.api.error.LlmException if a part is damaged, or of a type that isn't
   *     known
   */
  static Pipeline read(String name, JsonPart root, TokenModel model) {
    return new Pipeline(
        name,
        AddedToken.readAll(root.get("added_tokens")),
        Normalizers.read(root.get("normalizer")),
        PreTokenizers.read(root.get("pre_tokenizer")),
        model,
        Optional.of(ByteLevel.of(root.get("decoder"))),
        Frame.read(root));
  }
}
