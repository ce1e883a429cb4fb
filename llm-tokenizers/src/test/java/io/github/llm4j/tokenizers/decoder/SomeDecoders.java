package io.github.llm4j.tokenizers.decoder;

import io.github.llm4j.tokenizers.ListModel;
import io.github.llm4j.tokenizers.pipeline.AddedToken;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decoders as files have them, over tokens that each of them changes. */
public final class SomeDecoders {
  private static final String BYTE_FALLBACK = "{\"type\": \"ByteFallback\"}";
  private static final String FUSE = "{\"type\": \"Fuse\"}";
  private static final String SPACES =
      "{\"type\": \"Replace\", \"pattern\": {\"String\": \"▁\"}, \"content\": \" \"}";
  private static final String BYTE_LEVEL =
      "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true}";

  /** A vocabulary. */
  private static final List<String> TOKENS =
      List.of(
          "<unk>",
          "the",
          "Ġthe",
          "▁the",
          "##ing",
          "##",
          "##.",
          ".",
          "?",
          "!",
          ",",
          "'",
          "n't",
          "'m",
          "do",
          " do not",
          "do not",
          "'s",
          "'ve",
          "'re",
          " . ",
          "ĠðŁ",
          "ĺ",
          "Ģ",
          "Ã",
          "©",
          "Ċ",
          "í",
          "ł",
          "Ģ",
          "日本",
          "😀",
          "Ġ日",
          "▁",
          "▁▁",
          "▁▁▁a▁",
          " ",
          "  ",
          " a ",
          "a</w>",
          "</w>",
          "b</w>c</w>",
          "|",
          "a|b",
          "<pad>",
          "x<pad>y",
          "<pad>|",
          "<0x61>",
          "<0xF0>",
          "<0x9F>",
          "<0x98>",
          "<0x80>",
          "<0xe4>",
          "<0xbd>",
          "<0xa0>",
          "<0xED>",
          "<0xG0>",
          "<0x+A>",
          "<0x20>",
          "<0x4>",
          "<0x411>",
          "aa",
          "aaa",
          "é",
          "ab12c",
          "\u0000",
          "\uFFFD",
          "ꟿ");

  private static final int SIZE = tokens().size();

  private static final List<AddedToken> ADDED =
      List.of(
          AddedToken.special(0, "<unk>"),
          AddedToken.special(SIZE, "<s>"),
          new AddedToken(SIZE + 1, "▁added ##", false, false, false, false, false),
          AddedToken.special(SIZE + 2, " ?"));

  private SomeDecoders() {}

  /** Decoders in JSON. */
  public static List<String> all() {
    return List.of(
        "null",
        BYTE_LEVEL,
        "{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}",
        "{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": false}",
        BYTE_FALLBACK,
        FUSE,
        strip("a", 1, 0),
        strip(" ", 2, 0),
        SPACES,
        "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"[0-9]+|a\"}, \"content\": \"$1\"}",
        metaspace("always"),
        metaspace("first"),
        metaspace("never"),
        "{\"type\": \"BPEDecoder\", \"suffix\": \"</w>\"}",
        "{\"type\": \"CTC\", \"pad_token\": \"<pad>\", \"word_delimiter_token\": \"|\","
            + " \"cleanup\": true}",
        "{\"type\": \"CTC\", \"pad_token\": \"<pad>\", \"word_delimiter_token\": \"|\","
            + " \"cleanup\": false}",
        sequence(SPACES, BYTE_FALLBACK, FUSE, strip(" ", 1, 0)),
        sequence(SPACES, BYTE_FALLBACK, FUSE),
        sequence(BYTE_FALLBACK, metaspace("always")),
        sequence(BYTE_FALLBACK, FUSE, SPACES),
        sequence(SPACES, FUSE, strip(" ", 3, 0)),
        sequence(FUSE, strip(" ", 1, 0), strip("t", 1, 0)),
        sequence(BYTE_LEVEL, strip("t", 1, 0)),
        sequence(metaspace("first"), BYTE_LEVEL),
        sequence("{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}", FUSE),
        sequence());
  }

  private static String strip(String content, int start, int stop) {
    return "{\"type\": \"Strip\", \"content\": \"%s\", \"start\": %d, \"stop\": %d}"
        .formatted(content, start, stop);
  }

  private static String metaspace(String scheme) {
    return "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"%s\", \"split\": true}"
        .formatted(scheme);
  }

  private static String sequence(String... decoders) {
    return "{\"type\": \"Sequence\", \"decoders\": [" + String.join(", ", decoders) + "]}";
  }

  /** A tokenizer with a decoder. */
  public static Pipeline tokenizer(String decoder) {
    JsonPart root = JsonPart.of("decoder", "{\"decoder\": " + decoder + "}");
    return new Pipeline(
        "test",
        ADDED,
        Optional.empty(),
        Optional.empty(),
        new ListModel(tokens()),
        Decoders.read(root.get("decoder")),
        Frame.empty());
  }

  private static List<String> tokens() {
    return List.copyOf(new LinkedHashSet<>(TOKENS));
  }

  /** All ids. */
  public static int[] ids() {
    return IntStream.range(0, SIZE + 3).toArray();
  }

  static int id(String token) {
    return tokenizer("null").id(token).orElseThrow();
  }
}
