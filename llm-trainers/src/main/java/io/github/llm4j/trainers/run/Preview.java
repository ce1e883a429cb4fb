package io.github.llm4j.trainers.run;

import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.PlanArena;
import java.util.List;

/**
 * Lets a model write while it learns. The task gives it to the run: how text is made is its
 * business, not the trainer's.
 */
@FunctionalInterface
public interface Preview {

  /**
   * What is to be written.
   *
   * @param prompts texts to go on with
   * @param tokens tokens of each
   * @param temperature divides the logits; 0 takes the likeliest token always
   * @param seed of the draws: the same seed and the same weights write the same text
   */
  record Wish(List<String> prompts, int tokens, double temperature, long seed) {

    /** Copies the list. */
    public Wish {
      prompts = List.copyOf(prompts);
    }
  }

  /** Goes on with the prompts, with the weights of the moment. */
  interface Writer {

    /**
     * What the model writes behind a prompt of the wish. Allocates nothing outside the heap, and
     * changes nothing that training reads.
     */
    String write(String prompt);

    /** Bytes that it holds besides the arena. */
    long bytes();
  }

  /**
   * Allocates and records all that writing needs.
   *
   * @param model the model that learns
   * @param tokenizer its tokenizer
   * @param arena memory of the trainer's plans, none of which runs while a text is written
   * @param wish what is to be written
   * @throws io.github.llm4j.api.error.LlmException if a prompt can't be gone on with
   */
  Writer open(Model model, Tokenizer tokenizer, PlanArena arena, Wish wish);
}
