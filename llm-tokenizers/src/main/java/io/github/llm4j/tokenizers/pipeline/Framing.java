package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.TextInput;
import java.util.List;

/** Puts special tokens around the tokens of texts. Threading: immutable. */
public interface Framing {
  /** How many special tokens it adds to one text, or two. */
  int added(boolean pair);

  /**
   * Changes parts of an input, which are joined at last.
   *
   * @param input the texts as they were written
   * @param parts at first one or two texts, the second's tokens with type 1
   * @param specialTokens whether special tokens are added
   * @param edges blanks at the ends of tokens
   */
  List<Encoding> process(
      TextInput input, List<Encoding> parts, boolean specialTokens, TokenEdges edges);
}
