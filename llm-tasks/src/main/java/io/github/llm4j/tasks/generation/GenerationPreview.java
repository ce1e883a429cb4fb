package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.trainers.run.Preview;

/**
 * The samples of a decoder's training: text generated from the model in memory. A context that is
 * full forgets its older half.
 *
 * <p>Threading: the thread that trains.
 */
public final class GenerationPreview implements Preview {

  /** A preview of any decoder. */
  public GenerationPreview() {}

  @Override
  public Writer open(Model model, Tokenizer tokenizer, PlanArena arena, Wish wish) {
    GenerationSettings settings =
        new GenerationSettings(
            wish.tokens(),
            wish.temperature(),
            0,
            1,
            wish.seed(),
            GenerationSettings.WhenFull.SLIDE,
            GenerationSettings.Truncate.NONE);
    TextGenerator generator = new TextGenerator(model, tokenizer, arena);
    for (String prompt : wish.prompts()) {
      try {
        generator.prepare(prompt, settings);
      } catch (LlmException e) {
        throw new LlmException(e.kind(), "trainer.samples.prompts: " + e.getMessage(), e);
      }
    }
    return new Writer() {
      @Override
      public String write(String prompt) {
        return generator.generate(prompt, settings).text();
      }

      @Override
      public long bytes() {
        return generator.cacheBytes();
      }
    };
  }
}
