package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a text is written.
 *
 * @param tokens greatest number of new tokens, 0 or more
 * @param temperature divides the logits, from 0 to 100; 0 takes the likeliest token always
 * @param topK draws among the k likeliest tokens only; 0, or more than there are, for all
 * @param topP draws among the likeliest tokens that together have this probability, above 0 to 1
 * @param seed of the random numbers: the same seed writes the same text
 * @param whenFull what is done when the context is full
 * @param truncate what is done with a prompt that leaves no room
 */
@Doc("How a text is written.")
public record GenerationSettings(
    @Default("100") @Doc("Greatest number of new tokens.") int tokens,
    @Default("1.0") @Doc("Divides the logits; 0 takes the likeliest token.") double temperature,
    @Default("0") @Doc("Draws among the k likeliest tokens; 0 for all.") int topK,
    @Default("1.0") @Doc("Draws among the likeliest tokens with this probability.") double topP,
    @Default("0") @Doc("The same seed writes the same text.") long seed,
    @Default("stop") @Doc("What is done when the context is full.") WhenFull whenFull,
    @Default("none") @Doc("What is done with a prompt that is too long.") Truncate truncate) {

  /** What is done when the context is full. */
  public enum WhenFull {
    /** The text ends. */
    STOP,
    /** The older half of the context is forgotten and the text goes on. */
    SLIDE
  }

  /** What is done with a prompt that leaves no room for new tokens. */
  public enum Truncate {
    /** It is an error. */
    NONE,
    /** Its first tokens are left out, so many that the new ones fit; at least one is kept. */
    LEFT
  }

  /**
   * Checks the ranges.
   *
   * @throws LlmException that names all values out of range
   */
  public GenerationSettings {
    List<String> wrong = new ArrayList<>();
    if (tokens < 0) {
      wrong.add("tokens: 0 or more expected, found " + tokens);
    }
    if (!(temperature >= 0 && temperature <= 100)) {
      wrong.add("temperature: a number from 0 to 100 expected, found " + temperature);
    }
    if (topK < 0) {
      wrong.add("top-k: 0 (all) or more expected, found " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      wrong.add("top-p: a number above 0, at most 1 expected, found " + topP);
    }
    if (!wrong.isEmpty()) {
      throw new LlmException(ErrorKind.USER, String.join(".\n", wrong) + ".");
    }
  }

  /** The likeliest token always. */
  public static GenerationSettings greedy(int tokens) {
    return new GenerationSettings(tokens, 0, 0, 1, 0, WhenFull.STOP, Truncate.NONE);
  }

  /** Drawn from the model's whole distribution. */
  public static GenerationSettings sampled(int tokens, double temperature, long seed) {
    return new GenerationSettings(tokens, temperature, 0, 1, seed, WhenFull.STOP, Truncate.NONE);
  }
}
