package io.github.llm4j.tokenizers.decoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.Decoder;
import io.github.llm4j.tokenizers.pipeline.DecoderPlan;
import io.github.llm4j.tokenizers.pipeline.DecoderStage;
import io.github.llm4j.tokenizers.pipeline.Regex;
import io.github.llm4j.tokenizers.pipeline.Text;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** {@code Replace} by a regular expression. One that searches a token without end is an error. */
record RegexDecoder(Regex pattern, String content) implements Decoder {

  private String change(String token, boolean first) {
    Text text = Text.of("decoder", token);
    byte[] becomes = content.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    Regex.Matches matches = pattern.matches();
    matches.over(text, 0, text.length());
    int done = 0;
    while (matches.next()) {
      changed.write(text.bytes(), done, matches.start() - done);
      changed.writeBytes(becomes);
      done = matches.end();
    }
    changed.write(text.bytes(), done, text.length() - done);
    return changed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public DecoderStage open(DecoderStage next) {
    return new EachToken(this::change, next);
  }

  @Override
  public void describe(DecoderPlan plan) {
    plan.each(this::change);
  }

  @Override
  public void write(ObjectNode json) {
    pattern.write(json.put("type", ReplaceDecoder.TYPE));
    json.put("content", content);
  }
}
