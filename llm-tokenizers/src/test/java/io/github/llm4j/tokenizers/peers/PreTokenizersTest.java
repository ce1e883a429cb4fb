package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pretokenizer.PreTokenizers;
import io.github.llm4j.tokenizers.pretokenizer.WordPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words, their ranges and their numbers, with a model that gives each word one token. */
class PreTokenizersTest {
  private static final int TEXTS = 120;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String GPT2_FREE = // CLIP's, which finds no white space
      "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private static final String BLOOM = " ?[^(\\s|[.,!?…。，、।۔،])]+";
  private static final String HAN = "\\p{Han}+"; // scanned by no code of ours

  private static String split(String kind, String pattern, String behavior, boolean invert) {
    ObjectNode json = MAPPER.createObjectNode().put("type", "Split");
    json.putObject("pattern").put(kind, pattern);
    return json.put("behavior", behavior).put("invert", invert).toString();
  }

  /** A component with the quotes that JSON has. */
  private static String json(String component) {
    return component.replace('\'', '"');
  }

  private static String sequence(String... members) {
    return "{\"type\":\"Sequence\",\"pretokenizers\":[%s]}".formatted(String.join(",", members));
  }

  static List<String> components() {
    List<String> all = new ArrayList<>();
    for (String type :
        List.of("BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts")) {
      all.add(json("{'type':'%s'}").formatted(type));
    }
    all.add(json("{'type':'Digits','individual_digits':true}"));
    all.add(json("{'type':'Digits','individual_digits':false}"));
    all.add(json("{'type':'CharDelimiterSplit','delimiter':'e'}"));
    all.add(json("{'type':'CharDelimiterSplit','delimiter':'日'}"));
    all.add(json("{'type':'FixedLength','length':3}"));
    for (String scheme : List.of("always", "first", "never")) {
      for (boolean split : new boolean[] {true, false}) {
        all.add(
            json("{'type':'Metaspace','replacement':'▁','prepend_scheme':'%s','split':%s}")
                .formatted(scheme, split));
      }
    }
    all.add(json("{'type':'Metaspace','replacement':'▁','str_rep':'▁','add_prefix_space':true}"));
    for (String behavior :
        List.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")) {
      all.add(json("{'type':'Punctuation','behavior':'%s'}").formatted(behavior));
      for (boolean invert : new boolean[] {true, false}) {
        all.add(split("String", " ", behavior, invert));
        all.add(split("String", "ell", behavior, invert));
        all.add(split("String", "", behavior, invert));
        all.add(split("Regex", "\\p{N}{1,3}", behavior, invert));
        all.add(split("Regex", GPT2_FREE, behavior, invert));
        all.add(split("Regex", "[a-f]*", behavior, invert)); // empty at most places
      }
    }
    all.add(sequence(json("{'type':'WhitespaceSplit'}"), json("{'type':'Punctuation'}")));
    for (String pattern :
        List.of(BLOOM, "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-퟿]+", "\\s+$", HAN)) {
      all.add(split("Regex", pattern, "Isolated", false));
    }
    for (WordPattern pattern : WordPattern.values()) {
      all.add(split("Regex", pattern.regex(), "Isolated", false));
    }
    all.add(
        sequence(
            json("{'type':'WhitespaceSplit'}"),
            json("{'type':'Metaspace','replacement':'▁','add_prefix_space':true}")));
    all.add(
        sequence(
            json("{'type':'Digits','individual_digits':true}"),
            json("{'type':'Metaspace','replacement':'▁','prepend_scheme':'first'}")));
    all.add(
        sequence(
            json("{'type':'Digits','individual_digits':true}"),
            json(
                "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}")));
    all.add(
        sequence(
            json("{'type':'Punctuation','behavior':'Contiguous'}"),
            json(
                "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':true}"),
            json("{'type':'Digits','individual_digits':false}"),
            sequence(split("Regex", "[0-9][0-9][0-9]", "Isolated", false))));
    return all;
  }

  @ParameterizedTest
  @MethodSource("components")
  void sameWords(String json, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, tokenizer(json));
    JsonPart part = JsonPart.of("test", "{\"pre_tokenizer\":" + json + "}").get("pre_tokenizer");
    PreTokenizer ours = PreTokenizers.read(part).orElseThrow();
    Pipeline pipeline = pipeline(ours);
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    try (HuggingFacePeer theirs = new HuggingFacePeer(file)) {
      for (int i = 0; i <= TEXTS; i++) {
        // the last one is so long that it is taken in pieces
        String text = Texts.random(random, i < TEXTS ? random.nextInt(12) : 8_500);
        assertEquals(
            theirs.tokens(text), tokens(pipeline, text), () -> "seed " + seed + ": " + text);
      }
    }
  }

  private static String tokenizer(String preTokenizer) throws JsonProcessingException {
    ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding").putArray("added_tokens");
    root.putNull("normalizer").set("pre_tokenizer", MAPPER.readTree(preTokenizer));
    root.putNull("post_processor").putNull("decoder");
    ObjectNode model = root.putObject("model").put("type", "WordLevel").put("unk_token", "?");
    model.putObject("vocab").put("?", 0);
    return root.toString();
  }

  private static Pipeline pipeline(PreTokenizer preTokenizer) {
    return new Pipeline(
        "words",
        List.of(),
        Optional.empty(),
        Optional.of(preTokenizer),
        new OneToken(),
        Optional.empty(),
        Frame.empty());
  }

  private static List<String> tokens(Pipeline pipeline, String text) {
    Encoding tokens = pipeline.tokenize(text);
    List<String> shown = new ArrayList<>();
    for (int t = 0; t < tokens.size(); t++) {
      shown.add("0[%d,%d)%d".formatted(tokens.start(t), tokens.end(t), tokens.word(t)));
    }
    return shown;
  }

  /** Gives each word one token. */
  private record OneToken() implements TokenModel {
    @Override
    public Words words() {
      return (utf8, from, to, tokens) -> tokens.add(0, from, to);
    }

    @Override
    public byte[] bytes(int id) {
      return new byte[] {'?'};
    }

    @Override
    public int vocabSize() {
      return 1;
    }

    @Override
    public void write(ObjectNode json, Map<Integer, String> added) {
      json.put("type", "WordLevel");
    }
  }
}
