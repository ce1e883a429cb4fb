package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A tokenizer.json that is being put together. */
final class Draft {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What SentencePiece writes for a blank. */
  static final String BLANK = "\u2581";

  private final ObjectNode root = MAPPER.createObjectNode();

  Draft() {
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.putArray("added_tokens");
    root.putNull("normalizer");
    root.putNull("pre_tokenizer");
    root.putNull("post_processor");
    root.putNull("decoder");
    root.putObject("model");
  }

  /** A component. */
  static ObjectNode component(String type) {
    return MAPPER.createObjectNode().put("type", type);
  }

  /** A component that replaces a text. */
  static ObjectNode replace(String text, String content) {
    ObjectNode replace = component("Replace");
    replace.putObject("pattern").put("String", text);
    return replace.put("content", content);
  }

  /** A component that replaces what a regular expression matches. */
  static ObjectNode replaceAll(String regex, String content) {
    ObjectNode replace = component("Replace");
    replace.putObject("pattern").put("Regex", regex);
    return replace.put("content", content);
  }

  /** A pre-tokenizer that cuts out what a regular expression matches. */
  static ObjectNode split(String regex) {
    ObjectNode split = component("Split");
    split.putObject("pattern").put("Regex", regex);
    return split.put("behavior", "Isolated").put("invert", false);
  }

  /** The component {@code ByteLevel}. */
  static ObjectNode byteLevel(boolean regex) {
    return component("ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", regex);
  }

  Draft added(int id, String content, boolean special) {
    root.withArray("added_tokens")
        .addObject()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", special);
    return this;
  }

  /** Sets a component; none for an empty list, a sequence for several. */
  Draft set(String key, List<ObjectNode> components, String parts) {
    if (components.size() == 1) {
      root.set(key, components.getFirst());
    } else if (components.size() > 1) {
      ObjectNode sequence = component("Sequence");
      sequence.putArray(parts).addAll(components);
      root.set(key, sequence);
    }
    return this;
  }

  Draft normalizers(List<ObjectNode> components) {
    return set("normalizer", components, "normalizers");
  }

  Draft preTokenizers(List<ObjectNode> components) {
    return set("pre_tokenizer", components, "pretokenizers");
  }

  Draft decoders(List<ObjectNode> components) {
    return set("decoder", components, "decoders");
  }

  /** The model, to be filled. */
  ObjectNode model(String type) {
    return root.putObject("model").put("type", type);
  }

  ObjectNode json() {
    return root;
  }
}
