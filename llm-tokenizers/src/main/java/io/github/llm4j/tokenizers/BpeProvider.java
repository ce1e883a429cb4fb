package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.tokenizers.bpe.BytePairs;
import io.github.llm4j.tokenizers.bpe.LearnedTokens;
import io.github.llm4j.tokenizers.bpe.PairRules;
import io.github.llm4j.tokenizers.bpe.SentenceWords;
import io.github.llm4j.tokenizers.bpe.WordCounts;
import io.github.llm4j.tokenizers.bpe.WordSource;
import io.github.llm4j.tokenizers.normalizer.Normalizers;
import io.github.llm4j.tokenizers.pipeline.AddedToken;
import io.github.llm4j.tokenizers.pipeline.Borders;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Normalizer;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code bpe}: byte-pair encoding over characters, learned or read from tokenizer.json. */
public final class BpeProvider implements TokenizerProvider<BpeSettings> {
  static final String TYPE = "bpe";
  static final String UNKNOWN = "<unk>";

  private static final String BLANK = "▁";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Class<BpeSettings> settings() {
    return BpeSettings.class;
  }

  @Override
  public boolean learns() {
    return true;
  }

  /**
   * Learns merges of characters from all training texts: ids are the special tokens, the bytes to
   * fall back to, the characters, the merges in order. A text that has fewer pairs than asked for
   * gives a smaller vocabulary, which is logged.
   *
   * @throws io.github.llm4j.api.error.LlmException if the texts are empty, hold half a surrogate
   *     pair, or have more characters than there are ids
   * @throws java.util.concurrent.CancellationException if the progress says so
   */
  @Override
  public Tokenizer create(BpeSettings settings, TokenizerContext context) {
    JsonPart parts = parts(settings.specialTokens());
    Optional<Normalizer> normalizer = Normalizers.read(parts.get("normalizer"));
    WordSource source =
        new WordSource(
            normalizer, SentenceWords::open, new Borders(normalizer, SentenceWords::parts));
    WordCounts words = Training.words(TYPE, source, settings.specialTokens(), context);
    List<String> reserved = new ArrayList<>(settings.specialTokens());
    for (int b = 0; b < 256 && settings.byteFallback(); b++) {
      reserved.add("<0x%02X>".formatted(b));
    }
    LearnedTokens.Request request =
        new LearnedTokens.Request(
            TYPE,
            reserved,
            settings.vocabSize(),
            settings.minCount(),
            Integer.MAX_VALUE,
            settings.characterCoverage(),
            "",
            true);
    LearnedTokens learned = LearnedTokens.learn(request, words, context);
    Training.report(learned.vocabulary().size(), settings.vocabSize(), settings.minCount());
    PairRules rules =
        new PairRules(
            false,
            settings.specialTokens().contains(UNKNOWN) ? Optional.of(UNKNOWN) : Optional.empty(),
            true,
            settings.byteFallback(),
            Optional.empty(),
            Optional.empty(),
            false);
    return PipelineFile.join(
        TYPE, parts, new BytePairs(learned.vocabulary(), learned.merges(), rules));
  }

  /** A tokenizer.json as Llama 2's, without its model. */
  private static JsonPart parts(List<String> special) {
    ObjectNode root = Frame.empty().json();
    ArrayNode added = root.withArray("added_tokens");
    for (String token : special) {
      AddedToken.special(added.size(), token).write(added.addObject());
    }
    ArrayNode changes =
        root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    changes.addObject().put("type", "Prepend").put("prepend", BLANK);
    replace(changes.addObject(), " ", BLANK);
    ArrayNode back = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
    replace(back.addObject(), BLANK, " ");
    back.addObject().put("type", "ByteFallback");
    back.addObject().put("type", "Fuse");
    back.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    return JsonPart.of(TYPE, root.toString());
  }

  private static void replace(ObjectNode part, String pattern, String content) {
    part.put("type", "Replace");
    part.putObject("pattern").put("String", pattern);
    part.put("content", content);
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
