package io.github.llm4j.runtime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "**.attention.*, blocks.3.attention.query, true",
    "**.attention.*, attention.query, true",
    "**.attention.*, blocks.3.attention.query.lora, false",
    "**.attention.*, blocks.3.my-attention.query, false",
    "embedding.**, embedding.token, true",
    "embedding.**, embeddings.token, false",
    "blocks.*.feed-forward.up, blocks.12.feed-forward.up, true",
    "blocks.1*.feed-forward.up, blocks.2.feed-forward.up, false",
    "**, anything.at.all, true"
  })
  void matchesWholePaths(String pattern, String path, boolean expected) {
    assertEquals(expected, PathPattern.of(pattern).matches(path));
  }
}
