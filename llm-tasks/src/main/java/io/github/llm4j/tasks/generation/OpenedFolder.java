package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.composition.AutoBackend;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.checkpoint.Checkpoints;
import io.github.llm4j.trainers.run.RunFolder;
import io.github.llm4j.trainers.run.SavedRun;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Makes a generator of a folder: a run's, a checkpoint's, or another tool's model. */
final class OpenedFolder {
  private static final System.Logger LOG = System.getLogger(TextGenerator.class.getName());
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private OpenedFolder() {}

  static TextGenerator generator(Path folder, Registry registry) {
    if (Files.exists(new RunFolder(folder).config())) {
      SavedRun run = SavedRun.open(folder, List.of(), registry);
      return closing(
          run, run.workplace(), () -> new TextGenerator(run.model(), run::tokenizer, run::close));
    }
    if (!Files.exists(folder.resolve("config.json"))) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the folder of a run, a checkpoint or a model expected, found %s. Name a folder with run.conf or config.json."
              .formatted(folder, found(folder)));
    }
    Checkpoints.checkModel(folder);
    ModelFolder model = ModelFolder.open(folder, registry);
    Supplier<Tokenizer> tokenizer = tokenizer(model, registry);
    Workplace workplace = Workplace.open(registry, AutoBackend.spec(), OptionalInt.empty());
    return closing(
        workplace,
        workplace,
        () -> {
          ModelOptions options = ModelOptions.of(0, Precision.F32);
          Model loaded = model.load(options, workplace.backend());
          return new TextGenerator(loaded, tokenizer, workplace::close);
        });
  }

  private static String found(Path folder) {
    if (!Files.exists(folder)) {
      return "nothing";
    }
    return Files.isDirectory(folder) ? "neither file in it" : "a file";
  }

  private static TextGenerator closing(
      AutoCloseable opened, Workplace workplace, Supplier<TextGenerator> make) {
    try {
      sayWhatIsMissed(workplace);
      return make.get();
    } catch (RuntimeException e) {
      try {
        opened.close();
      } catch (Exception suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** The tokenizer, or the reason why texts can't be read or written. */
  private static Supplier<Tokenizer> tokenizer(ModelFolder folder, Registry registry) {
    try {
      Tokenizer tokenizer = folder.tokenizer(registry);
      return () -> tokenizer;
    } catch (LlmException e) {
      LOG.log(Level.WARNING, "Token ids only: " + e.getMessage());
      return () -> {
        throw e;
      };
    }
  }

  private static void sayWhatIsMissed(Workplace workplace) {
    for (BackendProvider<?> provider : workplace.registry().providers(BackendProvider.class)) {
      if (provider.type().equals(workplace.backend().name())) {
        String remedy = provider.probe().remedy();
        if (!remedy.isEmpty() && SAID.compareAndSet(false, true)) {
          LOG.log(Level.INFO, "{0} could be faster. {1}", provider.type(), remedy);
        }
      }
    }
  }
}
