package io.github.llm4j.tokenizers.frame;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.tokenizers.pipeline.Framing;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenEdges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code RobertaProcessing}: {@code <s> A </s>} or {@code <s> A </s> </s> B </s>}, all of type 0.
 *
 * @param trim how ranges lose their blanks, if they do
 */
record RobertaProcessing(int cls, int sep, Optional<TrimOffsets> trim) implements Framing {
  static final String TYPE = "RobertaProcessing";

  static RobertaProcessing of(JsonPart part) {
    return new RobertaProcessing(
        SpecialToken.id(part.get("cls")), SpecialToken.id(part.get("sep")), TrimOffsets.of(part));
  }

  @Override
  public int added(boolean pair) {
    return pair ? 4 : 2;
  }

  @Override
  public List<Encoding> process(
      TextInput input, List<Encoding> parts, boolean specialTokens, TokenEdges edges) {
    List<Encoding> all = new ArrayList<>();
    for (Encoding part : parts) {
      Encoding trimmed = trim.isPresent() ? trim.get().trim(input, part, edges) : part;
      Encoding typed = TemplateProcessing.typed(trimmed, 0);
      boolean first = all.isEmpty();
      all.add(specialTokens ? SpecialToken.around(typed, first ? cls : sep, sep, 0) : typed);
    }
    return all;
  }
}
