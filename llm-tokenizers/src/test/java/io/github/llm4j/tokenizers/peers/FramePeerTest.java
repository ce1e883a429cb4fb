package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.EncodingOptions;
import io.github.llm4j.api.tokenizer.Padding;
import io.github.llm4j.api.tokenizer.Side;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.Truncation;
import io.github.llm4j.tokenizers.SharedData;
import io.github.llm4j.tokenizers.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs of models beside the library that the format is from. */
class FramePeerTest {
  private static final String TEMPLATE =
      """
      {"type": "TemplateProcessing",
       "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
         {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
       "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
         {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
         {"SpecialToken": {"id": "[SEP]", "type_id": 2}}],
       "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [7, 8], "tokens": ["x", "y"]},
         "[SEP]": {"id": "[SEP]", "ids": [9], "tokens": ["z"]}}}
      """;
  private static final int MERGES = 2000;

  private static final String AROUND = "\"sep\": [\"[SEP]\", 102], \"cls\": [\"[CLS]\", 101]";

  private static final List<String> PROCESSORS =
      List.of(
          "null",
          TEMPLATE,
          "{\"type\": \"BertProcessing\", " + AROUND + "}",
          roberta(true, true),
          roberta(true, false),
          roberta(false, true),
          trim(true, true),
          trim(true, false),
          trim(false, true),
          sequence(trim(true, false), TEMPLATE));

  @TempDir Path folder;

  private @Nullable ObjectNode gpt2;

  private static String roberta(boolean trim, boolean prefix) {
    return "{\"type\": \"RobertaProcessing\", %s, \"trim_offsets\": %s, \"add_prefix_space\": %s}"
        .formatted(AROUND, trim, prefix);
  }

  private static String trim(boolean trim, boolean prefix) {
    return "{\"type\": \"ByteLevel\", \"trim_offsets\": %s, \"add_prefix_space\": %s, \"use_regex\": true}"
        .formatted(trim, prefix);
  }

  private static String sequence(String... processors) {
    return "{\"type\": \"Sequence\", \"processors\": [" + String.join(", ", processors) + "]}";
  }

  private Path file(String processor, boolean prefix, EncodingOptions options) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    if (gpt2 == null) {
      gpt2 = (ObjectNode) mapper.readTree(SharedData.text("data/tokenizers/kitoken/gpt2.json"));
      shorten((ObjectNode) gpt2.get("model"));
      gpt2.putArray("added_tokens");
    }
    ObjectNode root = gpt2.deepCopy();
    root.set("post_processor", mapper.readTree(processor));
    ((ObjectNode) root.get("pre_tokenizer")).put("add_prefix_space", prefix);
    root.putNull("truncation");
    root.putNull("padding");
    options
        .truncation()
        .ifPresent(
            t ->
                root.putObject("truncation")
                    .put("direction", side(t.side()))
                    .put("max_length", t.maxLength())
                    .put("strategy", strategy(t.strategy()))
                    .put("stride", t.stride()));
    options
        .padding()
        .ifPresent(
            p -> {
              ObjectNode padding = root.putObject("padding");
              if (p.length() == Padding.LONGEST) {
                padding.put("strategy", "BatchLongest");
              } else {
                padding.putObject("strategy").put("Fixed", p.length());
              }
              padding.put("direction", side(p.side())).put("pad_to_multiple_of", p.multipleOf());
              padding.put("pad_id", p.id()).put("pad_type_id", p.type()).put("pad_token", "pad");
            });
    Path json = folder.resolve("tokenizer.json");
    Files.writeString(json, mapper.writeValueAsString(root));
    return json;
  }

  /** Leaves the first merges alone, since large files take long to open. */
  private static void shorten(ObjectNode model) {
    ObjectNode vocabulary = (ObjectNode) model.get("vocab");
    vocabulary.properties().removeIf(entry -> entry.getValue().intValue() >= 256 + MERGES);
    ArrayNode merges = (ArrayNode) model.get("merges");
    while (merges.size() > MERGES) {
      merges.remove(merges.size() - 1);
    }
  }

  private static String strategy(Truncation.Strategy strategy) {
    return switch (strategy) {
      case LONGEST_FIRST -> "LongestFirst";
      case ONLY_FIRST -> "OnlyFirst";
      case ONLY_SECOND -> "OnlySecond";
    };
  }

  private static String side(Side side) {
    return side == Side.LEFT ? "Left" : "Right";
  }

  private static List<String> inputs(
      Tokenizer tokenizer, String text, @Nullable String pair, EncodingOptions options) {
    Encoding encoding = tokenizer.tokenize(new TextInput(text, Optional.ofNullable(pair)), options);
    List<String> inputs = new ArrayList<>();
    inputs.add(input(encoding));
    encoding.overflow().forEach(part -> inputs.add(input(part)));
    return inputs;
  }

  private static String input(Encoding e) {
    StringBuilder shown = new StringBuilder();
    for (int t = 0; t < e.size(); t++) {
      shown.append(
          "%d[%d,%d)%d type %d text %d special %d mask %d\n"
              .formatted(
                  e.id(t),
                  e.start(t),
                  e.end(t),
                  e.word(t),
                  e.type(t),
                  e.text(t),
                  e.special(t) ? 1 : 0,
                  e.attentionMask()[t]));
    }
    return shown.toString();
  }

  @Test
  void sameInputsWithEachPostProcessor() throws IOException {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (String processor : PROCESSORS) {
      for (boolean prefix : new boolean[] {false, true}) {
        Path json = file(processor, prefix, EncodingOptions.PLAIN);
        Tokenizer ours = Tokenizers.open(json);
        try (HuggingFacePeer theirs =
            new HuggingFacePeer(json, Map.of("truncation", "false", "padding", "false"))) {
          for (int i = 0; i < 60; i++) {
            String text = Texts.random(random, random.nextInt(8));
            String pair = i % 2 == 0 ? null : Texts.random(random, random.nextInt(8));
            for (boolean special : new boolean[] {false, true}) {
              EncodingOptions options =
                  special ? EncodingOptions.SPECIAL_TOKENS : EncodingOptions.PLAIN;
              assertEquals(
                  theirs.inputs(text, pair, special),
                  inputs(ours, text, pair, options),
                  processor + " " + prefix + " " + special);
            }
          }
        }
      }
    }
  }

  @Test
  void sameCutsAndPadding() throws IOException {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (Truncation.Strategy strategy : Truncation.Strategy.values()) {
      for (Side side : Side.values()) {
        for (Optional<Padding> padding :
            List.of(
                Optional.<Padding>empty(),
                Optional.of(new Padding(Padding.LONGEST, 8, side, 5, 3)),
                Optional.of(new Padding(10, 0, side, 5, 0)))) {
          boolean fixed = padding.map(Padding::length).orElse(0) > 0; // DJL asks for it apart
          Truncation truncation = new Truncation(10, strategy, 2, side, true);
          EncodingOptions options = new EncodingOptions(true, Optional.of(truncation), padding);
          Path json = file(TEMPLATE, false, options);
          Tokenizer ours = Tokenizers.open(json);
          assertEquals(
              options.with(new Truncation(10, strategy, 2, side, false)), ours.ownOptions());
          try (HuggingFacePeer theirs =
              new HuggingFacePeer(
                  json,
                  Map.of(
                      "truncation",
                      strategy.name().toLowerCase(Locale.ROOT),
                      "padding",
                      padding.isEmpty() ? "false" : fixed ? "max_length" : "true"))) {
            for (int i = 0; i < 60; i++) {
              String text = "a b c d e f g h i j k l m n".substring(0, 1 + random.nextInt(27));
              String pair =
                  i % 3 == 0
                      ? null
                      : "A B C D E F G H I J K L M N O P".substring(0, 1 + random.nextInt(27));
              List<String> actual;
              try {
                actual = inputs(ours, text, pair, options);
              } catch (LlmException e) {
                continue; // theirs stops the process
              }
              List<String> expected = theirs.inputs(text, pair, true);
              assertEquals(
                  expected, actual, strategy + " " + side + " " + padding + text + "|" + pair);
            }
          }
        }
      }
    }
  }
}
