package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.tokenizers.bpe.ByteLetters;
import io.github.llm4j.tokenizers.pipeline.Frame;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pretokenizer.ByteLevel;
import java.util.Map;

/**
 * {@code bytes}: one id for each byte. Saved as a byte-level BPE without merges over whole texts,
 * which other libraries read from tokenizer.json.
 */
public final class BytesProvider implements TokenizerProvider<BytesSettings> {
  static final String TYPE = "bytes";

  private static final ByteLevel WHOLE = new ByteLevel(false, true, false);

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Class<BytesSettings> settings() {
    return BytesSettings.class;
  }

  @Override
  public Tokenizer create(BytesSettings settings, TokenizerContext context) {
    return new BytesTokenizer();
  }

  @Override
  public String save(Tokenizer tokenizer) {
    ObjectNode root = Frame.empty().json();
    Frame.put(root, "pre_tokenizer", WHOLE::write);
    Frame.put(root, "decoder", WHOLE::write);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < 256; id++) {
      vocabulary.put(ByteLetters.letter(id), id);
    }
    model.putArray("merges");
    return Frame.text(root);
  }

  @Override
  public Tokenizer restore(String saved) {
    return read(JsonPart.of("tokenizer.json", saved));
  }

  static Tokenizer read(JsonPart root) {
    root.get("model").type("BPE");
    JsonPart vocabulary = root.get("model").get("vocab");
    if (!isIdentity(vocabulary.ids())) {
      throw vocabulary.wrong("the 256 bytes in ascending order", "another vocabulary");
    }
    return new BytesTokenizer();
  }

  /** Whether a tokenizer.json is one of bytes: no cuts, no merges, no tokens beside the bytes. */
  static boolean isOne(JsonPart root) {
    JsonPart model = root.get("model");
    JsonPart preTokenizer = root.get("pre_tokenizer");
    return model.get("type").textOrEmpty().equals("BPE")
        && preTokenizer.get("type").textOrEmpty().equals("ByteLevel")
        && !preTokenizer.get("use_regex").flag(true)
        && !preTokenizer.get("add_prefix_space").flag(true)
        && !root.get("normalizer").isPresent()
        && root.get("added_tokens").items().isEmpty()
        && model.get("merges").items().isEmpty()
        && isIdentity(model.get("vocab").ids());
  }

  private static boolean isIdentity(Map<String, Integer> vocabulary) {
    boolean identity = vocabulary.size() == 256;
    for (int id = 0; id < 256 && identity; id++) {
      identity = Integer.valueOf(id).equals(vocabulary.get(ByteLetters.letter(id)));
    }
    return identity;
  }
}
