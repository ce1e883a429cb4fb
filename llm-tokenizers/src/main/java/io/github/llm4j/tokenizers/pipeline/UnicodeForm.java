package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer.Form;

/**
 * {@code NFC}, {@code NFD}, {@code NFKC}, {@code NFKD}: characters composed or taken apart. Unicode
 * Standard Annex 15.
 *
 * @param form which
 */
record UnicodeForm(Form form) implements Normalizer {
  static final String[] TYPES = {"NFC", "NFD", "NFKC", "NFKD"};

  static Form form(String type) {
    return Form.valueOf(type);
  }

  @Override
  public String normalize(String text) {
    return java.text.Normalizer.normalize(text, form);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", form.name());
  }
}
