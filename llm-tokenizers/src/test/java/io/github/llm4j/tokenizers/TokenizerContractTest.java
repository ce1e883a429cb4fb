package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.testkit.TokenizerContract;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract over tokenizers of every kind. */
class TokenizerContractTest {
  private static TokenizerContext learned(String text) {
    return new TokenizerContext(List.of(() -> new StringReader(text)));
  }

  @Test
  void byteLevelOnesPromiseThatTextsComeBack() {
    assertTrue(new Gpt2().tokenizer().roundTrips());
    assertTrue(new Learned().tokenizer().roundTrips());
    assertTrue(new Bytes().tokenizer().roundTrips());
    String spaced =
        SharedData.text("data/tokenizers/kitoken/gpt2.json")
            .replace("\"add_prefix_space\": false", "\"add_prefix_space\": true");
    assertFalse(Tokenizers.read("spaced", spaced).roundTrips());
  }

  @Nested
  class Bytes extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new BytesTokenizer();
    }
  }

  @Nested
  class Characters extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new CharactersProvider().create(new CharactersSettings(), learned(characters()));
    }
  }

  @Nested
  class Learned extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new ByteLevelBpeProvider()
          .create(
              new ByteLevelBpeSettings(300, List.of("<|endoftext|>"), 2),
              learned(characters().repeat(3)));
    }
  }

  @Nested
  class Gpt2 extends TokenizerContract {
    private final Tokenizer tokenizer =
        Tokenizers.open(SharedData.path("data/tokenizers/kitoken/gpt2.json"));

    @Override
    protected Tokenizer tokenizer() {
      return tokenizer;
    }
  }
}
