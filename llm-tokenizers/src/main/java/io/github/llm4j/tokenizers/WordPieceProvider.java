package io.github.llm4j.tokenizers;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.tokenizers.bpe.LearnedTokens;
import io.github.llm4j.tokenizers.bpe.WordCounts;
import io.github.llm4j.tokenizers.bpe.WordSource;
import io.github.llm4j.tokenizers.normalizer.Normalizers;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.pretokenizer.PreTokenizers;
import io.github.llm4j.tokenizers.wordpiece.WordPiece;

/**
 * {@code wordpiece}: WordPiece as BERT has it, learned, or read from tokenizer.json or vocab.txt.
 */
public final class WordPieceProvider implements TokenizerProvider<WordPieceSettings> {
  static final String TYPE = "wordpiece";
  static final String UNKNOWN = "[UNK]";

  private static final String PREFIX = "##";
  private static final int MOST_CHARACTERS = 100;

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Class<WordPieceSettings> settings() {
    return WordPieceSettings.class;
  }

  @Override
  public boolean learns() {
    return true;
  }

  /**
   * Learns tokens from all training texts as the Rust library of the format does: merges of
   * characters, whose results are the tokens; {@link LearnedTokens}. A text that has fewer pairs
   * than asked for gives a smaller vocabulary, which is logged.
   *
   * @throws io.github.llm4j.api.error.LlmException if the texts are empty, hold half a surrogate
   *     pair, or have more characters than there are ids
   * @throws java.util.concurrent.CancellationException if the progress says so
   */
  @Override
  public Tokenizer create(WordPieceSettings settings, TokenizerContext context) {
    JsonPart parts = BertFile.parts(settings.specialTokens(), settings.lowercase());
    WordCounts words =
        Training.words(
            TYPE,
            WordSource.of(
                Normalizers.read(parts.get("normalizer")),
                PreTokenizers.read(parts.get("pre_tokenizer")).orElseThrow()),
            settings.specialTokens(),
            context);
    LearnedTokens.Request request =
        new LearnedTokens.Request(
            TYPE,
            settings.specialTokens(),
            settings.vocabSize(),
            settings.minCount(),
            settings.characters(),
            1,
            PREFIX,
            false);
    LearnedTokens learned = LearnedTokens.learn(request, words, context);
    Training.report(learned.vocabulary().size(), settings.vocabSize(), settings.minCount());
    return PipelineFile.join(
        TYPE, parts, new WordPiece(learned.vocabulary(), UNKNOWN, PREFIX, MOST_CHARACTERS));
  }

  @Override
  public String save(Tokenizer tokenizer) {
    return ((Pipeline) tokenizer).json();
  }

  /**
   * Reads a tokenizer.json.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged, of another kind, or has a
   *     component that isn't known
   */
  @Override
  public Tokenizer restore(String saved) {
    return PipelineFile.read(TYPE, JsonPart.of("tokenizer.json", saved));
  }
}
