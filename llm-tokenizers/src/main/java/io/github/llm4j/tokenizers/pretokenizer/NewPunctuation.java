package io.github.llm4j.tokenizers.pretokenizer;

/**
 * Punctuation of Unicode 16 that the library of the format doesn't take for punctuation: where it
 * asks for that, it goes by an edition older than 9.
 */
final class NewPunctuation {
  private static final Ranges NEW =
      new Ranges(
          """
          61d 9fd-a76 c77-c84 1b4e-1b4f 1b7d-1b7f 2e43-2e5d 10d6e-10f89 113d4-1145d 11660-116b9
          1183b-11fff 12ff1-12ff2 16d6d-16fe2 1e5ff-1e95f
          """);

  private NewPunctuation() {}

  static boolean has(int c) {
    return NEW.has(c);
  }
}
