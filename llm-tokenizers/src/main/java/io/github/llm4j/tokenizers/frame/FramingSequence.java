package io.github.llm4j.tokenizers.frame;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.tokenizers.pipeline.Framing;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.TokenEdges;
import java.util.ArrayList;
import java.util.List;

/** {@code Sequence}: one after another. */
record FramingSequence(List<Framing> framings) implements Framing {
  static final String TYPE = "Sequence";

  static FramingSequence of(JsonPart part) {
    List<Framing> framings = new ArrayList<>();
    boolean parted = false;
    for (JsonPart item : part.get("processors").items()) {
      if (item.get("type").textOrEmpty().equals(TemplateProcessing.TYPE)) {
        if (parted) {
          throw item.wrong("one TemplateProcessing at most", "a second one");
        }
        parted = true;
      }
      FrameFile.framing(item).ifPresent(framings::add);
    }
    return new FramingSequence(List.copyOf(framings));
  }

  @Override
  public int added(boolean pair) {
    return framings.stream().mapToInt(framing -> framing.added(pair)).sum();
  }

  @Override
  public List<Encoding> process(
      TextInput input, List<Encoding> parts, boolean specialTokens, TokenEdges edges) {
    List<Encoding> all = parts;
    for (Framing framing : framings) {
      all = framing.process(input, all, specialTokens, edges);
    }
    return all;
  }
}
