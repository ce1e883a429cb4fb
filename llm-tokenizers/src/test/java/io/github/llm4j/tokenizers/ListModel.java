package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A vocabulary whose words are single tokens; others are left out. */
public record ListModel(List<String> tokens) implements TokenModel {
  @Override
  public Words words() {
    return (utf8, from, to, out) -> {
      int id = tokens.indexOf(new String(utf8, from, to - from, StandardCharsets.UTF_8));
      if (id >= 0) {
        out.add(id, from, to);
      }
    };
  }

  @Override
  public byte[] bytes(int id) {
    return tokens.get(id).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int vocabSize() {
    return tokens.size();
  }

  @Override
  public void write(ObjectNode json, Map<Integer, String> added) {
    ObjectNode vocabulary = json.put("type", "WordLevel").putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    json.put("unk_token", tokens.getFirst());
  }
}
