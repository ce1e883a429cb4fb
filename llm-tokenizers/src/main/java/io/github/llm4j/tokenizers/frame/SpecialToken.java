package io.github.llm4j.tokenizers.frame;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import java.util.List;

/** Reads {@code ["[SEP]", 102]}, and puts such tokens around parts. */
final class SpecialToken {
  private SpecialToken() {}

  /** The id of a token with its text. */
  static int id(JsonPart part) {
    List<JsonPart> pair = part.items();
    if (pair.size() != 2) {
      throw wrong(part);
    }
    pair.get(0).text();
    return pair.get(1).id();
  }

  private static LlmException wrong(JsonPart part) {
    return part.wrong("a token and its id, as [\"[SEP]\", 102],");
  }

  /** A part between special tokens of a type; none where an id is {@link Encoding#NONE}. */
  static Encoding around(Encoding part, int before, int after, int type) {
    Encoding.Builder all = new Encoding.Builder();
    if (before != Encoding.NONE) {
      all.addSpecial(before, type);
    }
    for (int t = 0; t < part.size(); t++) {
      all.add(part, t);
    }
    return all.addSpecial(after, type).build();
  }
}
