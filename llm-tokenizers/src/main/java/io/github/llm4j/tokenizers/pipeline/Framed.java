package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.PostProcessor;
import io.github.llm4j.api.tokenizer.TextInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins what a framing makes of one or two texts. */
record Framed(Framing framing, TokenEdges edges) implements PostProcessor {
  @Override
  public int added(boolean pair) {
    return framing.added(pair);
  }

  @Override
  public Encoding process(
      TextInput input, Encoding text, @Nullable Encoding pair, boolean specialTokens) {
    List<Encoding> texts = pair == null ? List.of(text) : List.of(text, second(pair));
    List<Encoding> parts = framing.process(input, texts, specialTokens, edges);
    return parts.size() == 1 ? parts.getFirst() : joined(parts);
  }

  private static Encoding second(Encoding pair) {
    Encoding.Builder second = new Encoding.Builder();
    for (int t = 0; t < pair.size(); t++) {
      second.add(pair, t).text(1).type(1);
    }
    return second.build();
  }

  private static Encoding joined(List<Encoding> parts) {
    Encoding.Builder all = new Encoding.Builder();
    for (Encoding part : parts) {
      for (int t = 0; t < part.size(); t++) {
        all.add(part, t);
      }
    }
    return all.build();
  }
}
