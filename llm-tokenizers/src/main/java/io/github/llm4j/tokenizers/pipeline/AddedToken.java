package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A token that is found in the text before the text is cut into words.
 *
 * @param id its id
 * @param content its text
 * @param singleWord whether it must not touch a letter, digit or underscore
 * @param lstrip whether it swallows the blanks before it
 * @param rstrip whether it swallows the blanks behind it
 * @param normalized whether it is looked for in the normalized text
 * @param special whether it is no part of what was written, as an end of text
 */
public record AddedToken(
    int id,
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token without further rules. */
  public static AddedToken special(int id, String content) {
    return new AddedToken(id, content, false, false, false, false, true);
  }

  /**
   * The added tokens of a tokenizer.json.
   *
   * @throws io.github.llm4j.api.error.LlmException if one is damaged, or two have one content
   */
  public static List<AddedToken> readAll(JsonPart list) {
    List<AddedToken> tokens = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    for (JsonPart item : list.items()) {
      AddedToken token = read(item);
      Integer before = ids.putIfAbsent(token.content(), token.id());
      if (before != null) {
        throw item.wrong("a content that no other has", "\"" + token.content() + "\" twice");
      }
      tokens.add(token);
    }
    return tokens;
  }

  private static AddedToken read(JsonPart part) {
    String content = part.get("content").text();
    if (content.isEmpty()) {
      throw part.get("content").wrong("a text that isn't empty");
    }
    boolean special = part.get("special").flag(false);
    return new AddedToken(
        part.get("id").id(),
        content,
        part.get("single_word").flag(false),
        part.get("lstrip").flag(false),
        part.get("rstrip").flag(false),
        part.get("normalized").flag(!special),
        special);
  }

  /** Writes itself as an entry of a tokenizer.json. */
  public void write(ObjectNode json) {
    json.put("id", id)
        .put("content", content)
        .put("single_word", singleWord)
        .put("lstrip", lstrip)
        .put("rstrip", rstrip)
        .put("normalized", normalized)
        .put("special", special);
  }
}
