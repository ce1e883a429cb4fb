package io.github.llm4j.trainers.run;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.trainers.data.DataSettings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A whole run: what a config file holds.
 *
 * @param name name of the run and of its folder
 * @param seed seed of weights, batches and dropout
 * @param threads threads that compute; as many as the process may use by default
 * @param model the architecture
 * @param tokenizer turns text into ids
 * @param data what it learns from
 * @param trainer how it learns
 * @param backend what computes
 */
@Doc("A run: model, data, training.")
public record RunSettings(
    @Doc("Name of the run and of its folder.") String name,
    @Doc("Seed of weights, batches and dropout.") @Default("1") long seed,
    @Doc("Threads that compute; as many as the process may use by default.")
        Optional<Integer> threads,
    @Doc("The architecture.") ComponentSpec<Assembly> model,
    @Doc("Turns text into ids.") @Default("characters") ComponentSpec<Tokenizer> tokenizer,
    @Doc("What it learns from and is measured with.") DataSettings data,
    @Doc("How it learns.") TrainerSettings trainer,
    @Doc("What computes.") @Default("auto") ComponentSpec<Backend> backend) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** Checks the name, which is a folder's. */
  public RunSettings {
    Check.that(
        NAME.matcher(name).matches(),
        "name",
        "letters, digits, '.', '_' and '-', beginning with a letter or digit,",
        "'" + name + "'");
    threads.ifPresent(n -> Check.that(n > 0, "threads", "1 or more", n));
  }
}
