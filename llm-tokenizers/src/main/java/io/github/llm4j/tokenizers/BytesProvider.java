package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import java.util.List;
import java.util.Map;

/**
 * {@code bytes}: one id for each byte. Saved as a byte-level BPE without merges, which other
 * libraries read from tokenizer.json.
 */
public final class BytesProvider implements TokenizerProvider<BytesSettings> {

  @Override
  public String type() {
    return "bytes";
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
    TokenizerJson json = new TokenizerJson();
    for (ObjectNode part : List.of(json.preTokenizer("ByteLevel"), json.decoder("ByteLevel"))) {
      part.put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", false);
    }
    ObjectNode model = json.model("BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < 256; id++) {
      vocabulary.put(letter(id), id);
    }
    model.putArray("merges");
    return json.text();
  }

  @Override
  public Tokenizer restore(String saved) {
    Map<String, Integer> vocabulary = TokenizerJson.vocabulary("bytes", "BPE", saved);
    boolean identity = vocabulary.size() == 256;
    for (int id = 0; id < 256 && identity; id++) {
      identity = Integer.valueOf(id).equals(vocabulary.get(letter(id)));
    }
    if (!identity) {
      throw TokenizerJson.damaged("bytes", "256 bytes in ascending order", "another vocabulary");
    }
    return new BytesTokenizer();
  }

  /**
   * The printable letter that stands for a byte in byte-level vocabularies: printable Latin-1 is
   * itself, the others take U+0100 and on in order. Radford et al. 2019, GPT-2's encoder.py.
   */
  private static String letter(int b) {
    if (printable(b)) {
      return Character.toString(b);
    }
    int before = 0;
    for (int i = 0; i < b; i++) {
      before += printable(i) ? 0 : 1;
    }
    return Character.toString(0x100 + before);
  }

  private static boolean printable(int b) {
    return (b > ' ' && b <= '~') || (b >= 0xA1 && b != 0xAD);
  }
}
