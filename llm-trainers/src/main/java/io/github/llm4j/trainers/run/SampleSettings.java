package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import java.util.List;

/**
 * What the model writes at each evaluation, so that people see what it has learned.
 *
 * @param prompts texts to go on with; the beginning of the validation text if there are none
 * @param tokens tokens of each; 0 for no samples
 * @param temperature divides the logits, from 0 to 100; 0 takes the likeliest token always
 */
@Doc("What the model writes at each evaluation.")
public record SampleSettings(
    @Doc("Texts to go on with; the beginning of the validation text by default.") @Default("[]")
        List<String> prompts,
    @Doc("Tokens of each; 0 for no samples.") @Default("100") int tokens,
    @Doc("Divides the logits; 0 takes the likeliest token.") @Default("0.8") double temperature) {

  /** Checks the ranges. */
  public SampleSettings {
    prompts = List.copyOf(prompts);
    Check.that(prompts.stream().noneMatch(String::isEmpty), "prompts", "no empty text", prompts);
    Check.that(tokens >= 0, "tokens", "0 or more", tokens);
    Check.that(temperature >= 0 && temperature <= 100, "temperature", "from 0 to 100", temperature);
  }
}
