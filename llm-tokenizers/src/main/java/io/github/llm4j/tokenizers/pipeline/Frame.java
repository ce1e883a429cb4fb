package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.EncodingOptions;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a tokenizer.json holds around its components, which is written again as it was.
 *
 * @param truncation how texts are cut, as it stands in the file
 * @param padding how they are filled up
 * @param postProcessor what is put around them
 * @param framing what is put around them; nothing without
 * @param options what the file says of all three
 */
public record Frame(
    JsonNode truncation,
    JsonNode padding,
    JsonNode postProcessor,
    Optional<Framing> framing,
    EncodingOptions options) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Nothing is cut, filled up or put around. */
  public static Frame empty() {
    JsonNode none = NullNode.getInstance();
    return new Frame(none, none, none, Optional.empty(), EncodingOptions.SPECIAL_TOKENS);
  }

  /** A tokenizer.json with all its keys in their order, which the components then fill. */
  public ObjectNode json() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", "1.0");
    root.set("truncation", truncation);
    root.set("padding", padding);
    root.putArray("added_tokens");
    root.putNull("normalizer");
    root.putNull("pre_tokenizer");
    root.set("post_processor", postProcessor);
    root.putNull("decoder");
    root.putObject("model");
    return root;
  }

  /** Writes a component under its key. */
  public static void put(ObjectNode root, String key, Consumer<ObjectNode> component) {
    component.accept(root.putObject(key));
  }

  /** The file's text, laid out as others lay it out. */
  public static String text(ObjectNode root) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withArrayEmptySeparator("")
                    .withObjectEmptySeparator(""))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
