package io.github.llm4j.tokenizers;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.tokenizers.bpe.BpeLearner;
import io.github.llm4j.tokenizers.bpe.BytePairs;
import io.github.llm4j.tokenizers.bpe.WordCounts;
import io.github.llm4j.tokenizers.bpe.WordSource;
import io.github.llm4j.tokenizers.decoder.ByteLevelDecoder;
import io.github.llm4j.tokenizers.pipeline.AddedToken;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.pretokenizer.ByteLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code byte-level-bpe}: byte-pair encoding over bytes, learned or read from tokenizer.json. */
public final class ByteLevelBpeProvider implements TokenizerProvider<ByteLevelBpeSettings> {
  static final String TYPE = "byte-level-bpe";

  private static final ByteLevel BYTE_LEVEL = new ByteLevel(false, true, true);

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Class<ByteLevelBpeSettings> settings() {
    return ByteLevelBpeSettings.class;
  }

  @Override
  public boolean learns() {
    return true;
  }

  /**
   * Learns merges from all training texts: ids are the special tokens, the bytes, the merges in
   * order. A text that has fewer pairs than asked for gives a smaller vocabulary, which is logged.
   *
   * @throws LlmException if the texts are empty or hold half a surrogate pair
   * @throws java.util.concurrent.CancellationException if the progress says so
   */
  @Override
  public Tokenizer create(ByteLevelBpeSettings settings, TokenizerContext context) {
    WordCounts words =
        Training.words(
            TYPE, WordSource.of(Optional.empty(), BYTE_LEVEL), settings.specialTokens(), context);
    int special = settings.specialTokens().size();
    List<BpeLearner.Pair> learned =
        BpeLearner.learn(
            words,
            settings.vocabSize() - 256 - special,
            settings.minCount(),
            context.workers(),
            context.progress());
    BytePairs model = BytePairs.learned(special, learned);
    Training.report(model.vocabSize(), settings.vocabSize(), settings.minCount());
    List<AddedToken> added = new ArrayList<>();
    for (String token : settings.specialTokens()) {
      if (model.hasLetters(token)) {
        throw new LlmException(
            ErrorKind.USER,
            ("tokenizer '%s': special tokens that differ from all others in tokenizer.json"
                    + " expected, found \"%s\". Put it into other letters, as <|%s|>.")
                .formatted(TYPE, token, token));
      }
      added.add(AddedToken.special(added.size(), token));
    }
    return pipeline(added, model);
  }

  /** A tokenizer as GPT-2's around a model. */
  static Pipeline pipeline(List<AddedToken> added, BytePairs model) {
    return new Pipeline(
        TYPE,
        added,
        Optional.empty(),
        Optional.of(BYTE_LEVEL),
        model,
        Optional.of(new ByteLevelDecoder(false, true, true)),
        Frame.empty());
  }

  @Override
  public String save(Tokenizer tokenizer) {
    return ((Pipeline) tokenizer).json();
  }

  /**
   * Reads a tokenizer.json.
   *
   * @throws LlmException if it is damaged, or has a component that isn't known
   */
  @Override
  public Tokenizer restore(String saved) {
    return PipelineFile.read(TYPE, JsonPart.of("tokenizer.json", saved));
  }
}
