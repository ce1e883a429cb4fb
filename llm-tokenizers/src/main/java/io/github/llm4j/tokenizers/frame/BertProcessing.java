package io.github.llm4j.tokenizers.frame;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.tokenizers.pipeline.Framing;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenEdges;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code BertProcessing}: {@code [CLS] A [SEP]} or {@code [CLS] A [SEP] B [SEP]}, the second text
 * and what follows it with type 1. Devlin et al. 2018, figure 2.
 */
record BertProcessing(int cls, int sep) implements Framing {
  static final String TYPE = "BertProcessing";

  static BertProcessing of(JsonPart part) {
    return new BertProcessing(SpecialToken.id(part.get("cls")), SpecialToken.id(part.get("sep")));
  }

  @Override
  public int added(boolean pair) {
    return pair ? 3 : 2;
  }

  @Override
  public List<Encoding> process(
      TextInput input, List<Encoding> parts, boolean specialTokens, TokenEdges edges) {
    if (!specialTokens) {
      return parts;
    }
    List<Encoding> all = new ArrayList<>();
    for (Encoding part : parts) {
      boolean first = all.isEmpty();
      all.add(SpecialToken.around(part, first ? cls : Encoding.NONE, sep, first ? 0 : 1));
    }
    return all;
  }
}
