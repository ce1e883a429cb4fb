package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;

/** Range check of ids. */
public final class Ids {
  private Ids() {}

  /** The id, if the vocabulary has it. */
  public static int check(String tokenizer, int id, int vocabSize) {
    if (id < 0 || id >= vocabSize) {
      throw new LlmException(
          ErrorKind.USER,
          ("tokenizer '%s': ids from 0 to %d expected, found %d."
                  + " The ids come from a model with another tokenizer.")
              .formatted(tokenizer, vocabSize - 1, id));
    }
    return id;
  }
}
