package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import java.util.Optional;

/** Patterns of words that go by a name: files of ranks don't hold theirs. */
public enum WordPattern {
  /** GPT-2 and its kin: {@code r50k_base}, {@code p50k_base}. */
  GPT2(Patterns.GPT2),
  /**
   * {@code cl100k_base}, Llama 3. Today's tiktoken takes white space at the end of a text for one
   * word, line ends or not; the ids are the same, since no token goes on behind a last line end.
   */
  CL100K(Patterns.CL100K),
  /** {@code o200k_base}: GPT-4o. */
  O200K(Patterns.O200K),
  /** Qwen 2: each number is a word. */
  QWEN2(Patterns.QWEN2);

  private final String regex;

  WordPattern(String regex) {
    this.regex = regex;
  }

  /** The regular expression, as a tokenizer.json has it. */
  public String regex() {
    return regex;
  }

  /** What cuts a text into its words, for a model that sees bytes. */
  public PreTokenizer preTokenizer() {
    return this == GPT2 ? new ByteLevel(false, true, true) : byteLevel(regex);
  }

  /**
   * What cuts a text into what any expression finds, for a model that sees bytes.
   *
   * @throws io.github.llm4j.api.error.LlmException if it is no expression, or uses what isn't known
   */
  public static PreTokenizer byteLevel(String regex) {
    return Sequence.of(Split.words("pattern", regex), new ByteLevel(false, true, false));
  }

  /** The pattern of one of tiktoken's encodings, as {@code cl100k_base}. */
  public static Optional<WordPattern> ofEncoding(String name) {
    return switch (name) {
      case "gpt2", "r50k_base", "p50k_base", "p50k_edit" -> Optional.of(GPT2);
      case "cl100k_base" -> Optional.of(CL100K);
      case "o200k_base", "o200k_harmony" -> Optional.of(O200K);
      default -> Optional.empty();
    };
  }
}
