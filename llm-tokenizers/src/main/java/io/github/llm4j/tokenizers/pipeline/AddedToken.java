package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

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

  static AddedToken read(JsonPart part) {
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

  void write(ObjectNode json) {
    json.put("id", id)
        .put("content", content)
        .put("single_word", singleWord)
        .put("lstrip", lstrip)
        .put("rstrip", rstrip)
        .put("normalized", normalized)
        .put("special", special);
  }
}
