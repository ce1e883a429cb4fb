package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.trainers.data.Tokens;
import io.github.llm4j.trainers.data.ValidationText;
import io.github.llm4j.trainers.loop.EvaluationReport;
import java.util.List;
import java.util.Optional;

/** The samples of a run, written at each evaluation of the set that counts. */
final class Sampling {
  /** Tokens of the prompt that is taken from the validation text. */
  private static final int PROMPT = 32;

  private final List<String> prompts;
  private final Optional<Preview.Writer> writer;

  private Sampling(List<String> prompts, Optional<Preview.Writer> writer) {
    this.prompts = prompts;
    this.writer = writer;
  }

  /**
   * Samples of a run; none without a validation text, because there are no evaluations then.
   *
   * @param preview how texts are written, if anybody knows
   */
  static Sampling of(Optional<Preview> preview, PreparedRun run, Tokenizer tokenizer) {
    SampleSettings settings = run.settings().trainer().samples();
    List<ValidationText> validation = run.data().validation();
    if (preview.isEmpty() || settings.tokens() == 0 || validation.isEmpty()) {
      return new Sampling(List.of(), Optional.empty());
    }
    List<String> prompts =
        settings.prompts().isEmpty()
            ? List.of(beginning(validation.get(0).texts().get(0), tokenizer, run))
            : settings.prompts();
    Preview.Wish wish =
        new Preview.Wish(prompts, settings.tokens(), settings.temperature(), run.settings().seed());
    return new Sampling(
        prompts,
        Optional.of(preview.get().open(run.model(), tokenizer, run.parts().arena(), wish)));
  }

  /** The first words of a text: not more than a quarter of the context. */
  private static String beginning(Tokens text, Tokenizer tokenizer, PreparedRun run) {
    int most = Math.min(PROMPT, Math.max(1, run.model().contextLength() / 4));
    int[] ids = new int[(int) Math.min(most, text.count())];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = text.at(i);
    }
    String prompt = tokenizer.decode(ids);
    int whole = prompt.endsWith("\uFFFD") ? prompt.indexOf('\uFFFD') : prompt.length();
    int space = prompt.substring(0, whole).stripTrailing().lastIndexOf(' ');
    String words = prompt.substring(0, space > 0 ? space : whole);
    return words.isBlank() ? prompt : words;
  }

  /** Bytes that samples need besides the plans' arena. */
  long bytes() {
    return writer.map(Preview.Writer::bytes).orElse(0L);
  }

  /** Writes the samples of an evaluation; one that can't be written is said. */
  void write(EvaluationReport at, MetricsFile metrics, RunListener listener) {
    if (writer.isEmpty() || !at.set().equals(ValidationText.MAIN)) {
      return;
    }
    for (String prompt : prompts) {
      String text;
      try {
        text = writer.get().write(prompt);
      } catch (LlmException e) {
        listener.warning("no sample at step %d: %s".formatted(at.step(), e.getMessage()));
        continue;
      }
      SampleReport sample = new SampleReport(at.step(), prompt, text, at.tokens(), at.elapsed());
      metrics.sampled(sample);
      listener.sampled(sample);
    }
  }
}
