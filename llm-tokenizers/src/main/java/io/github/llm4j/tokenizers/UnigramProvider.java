package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.tokenizers.bpe.WordSource;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import io.github.llm4j.tokenizers.pretokenizer.PreTokenizers;
import io.github.llm4j.tokenizers.unigram.UnigramLearner;
import io.github.llm4j.tokenizers.unigram.UnigramTraining;
import java.lang.System.Logger;
import java.util.Optional;

/** {@code unigram}: a unigram model with bytes, learned or read from tokenizer.json. */
public final class UnigramProvider implements TokenizerProvider<UnigramSettings> {
  static final String TYPE = PipelineFile.UNIGRAM;

  private static final Logger LOG = System.getLogger(UnigramProvider.class.getName());
  private static final String UNKNOWN = "<unk>";
  private static final int BYTES = 256;

  /** How much less probable a byte is than any piece: its name is found in texts as any piece. */
  private static final float BYTE_PENALTY = 200;

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Class<UnigramSettings> settings() {
    return UnigramSettings.class;
  }

  @Override
  public boolean learns() {
    return true;
  }

  /**
   * Learns pieces from all training texts: ids are the special tokens, the unknown one, the bytes,
   * and the pieces from the most probable on. A text with too few stretches that occur twice gives
   * a smaller vocabulary, which is logged.
   *
   * @throws io.github.llm4j.api.error.LlmException if the texts are empty, hold half a surrogate
   *     pair, or have more characters than there is room for
   * @throws java.util.concurrent.CancellationException if the progress says so
   */
  @Override
  public Tokenizer create(UnigramSettings settings, TokenizerContext context) {
    ObjectNode json = frame(settings);
    Optional<PreTokenizer> cut =
        PreTokenizers.read(JsonPart.of(TYPE, json.toString()).get("pre_tokenizer"));
    int others = settings.specialTokens().size() + 1 + BYTES;
    UnigramLearner.Learned learned =
        UnigramLearner.learn(
            Training.words(
                TYPE,
                WordSource.of(Optional.empty(), cut.orElseThrow()),
                settings.specialTokens(),
                context),
            UnigramTraining.of(settings.vocabSize() - others).withCoverage(settings.coverage()),
            context.workers(),
            context.progress());
    int size = others + learned.pieces().size();
    if (size < settings.vocabSize()) {
      LOG.log(
          Logger.Level.WARNING,
          "tokenizer: the training text gives {0,number} ids, not the {1,number} of vocab-size: it"
              + " has no more pieces that are worth it. The vocabulary is that much smaller.",
          size,
          settings.vocabSize());
    }
    model(json.putObject("model"), settings, learned);
    return PipelineFile.read(TYPE, JsonPart.of(TYPE, json.toString()));
  }

  /** All but the model. */
  private static ObjectNode frame(UnigramSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    json.putNull("truncation").putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    for (int id = 0; id < settings.specialTokens().size(); id++) {
      added
          .addObject()
          .put("id", id)
          .put("content", settings.specialTokens().get(id))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    json.putNull("normalizer");
    metaspace(json.putObject("pre_tokenizer"));
    json.putNull("post_processor");
    ArrayNode decoders = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
    decoders.addObject().put("type", "ByteFallback");
    metaspace(decoders.addObject());
    return json;
  }

  /** Nothing is put before a text, so that it comes back as it was. */
  private static void metaspace(ObjectNode json) {
    json.put("type", "Metaspace")
        .put("replacement", "\u2581")
        .put("prepend_scheme", "never")
        .put("split", true);
  }

  private static void model(
      ObjectNode json, UnigramSettings settings, UnigramLearner.Learned learned) {
    json.put("type", "Unigram").put("unk_id", settings.specialTokens().size());
    ArrayNode vocabulary = json.putArray("vocab");
    double least = 0;
    for (float score : learned.scores()) {
      least = Math.min(least, score);
    }
    for (String token : settings.specialTokens()) {
      vocabulary.addArray().add(token).add(0.0);
    }
    vocabulary.addArray().add(UNKNOWN).add(least - BYTE_PENALTY);
    for (int b = 0; b < BYTES; b++) {
      vocabulary.addArray().add("<0x%02X>".formatted(b)).add(least - BYTE_PENALTY);
    }
    for (int i = 0; i < learned.pieces().size(); i++) {
      vocabulary.addArray().add(learned.pieces().get(i)).add((double) learned.scores()[i]);
    }
    json.put("byte_fallback", true);
  }

  @Override
  public String save(Tokenizer tokenizer) {
    return ((Pipeline) tokenizer).json();
  }

  /**
   * Reads a tokenizer.json.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is damaged, or has a component that isn't
   *     known
   */
  @Override
  public Tokenizer restore(String saved) {
    return PipelineFile.read(TYPE, JsonPart.of("tokenizer.json", saved));
  }
}
