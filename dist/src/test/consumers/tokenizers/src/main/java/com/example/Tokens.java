package com.example;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.tokenizers.BytesProvider;
import io.github.llm4j.tokenizers.BytesSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Uses the tokenizers and nothing else. */
public final class Tokens {
  private Tokens() {}

  public static void main(String[] args) {
    Tokenizer tokenizer =
        new BytesProvider().create(new BytesSettings(), new TokenizerContext(List.of()));
    int[] ids = tokenizer.encode("ä!");
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .print(Arrays.toString(ids) + " " + tokenizer.decode(ids) + "\n");
  }
}
