package io.github.llm4j.cli;

import io.github.llm4j.runtime.plan.Work;
import io.github.llm4j.tasks.generation.GenerationMemory;
import io.github.llm4j.trainers.planning.Alternative;
import io.github.llm4j.trainers.planning.Cause;
import io.github.llm4j.trainers.planning.ProbeReport;
import io.github.llm4j.trainers.planning.ProcessMemory;
import io.github.llm4j.trainers.planning.RunPlan;
import java.util.Locale;
import java.util.OptionalLong;

/** A plan as people read it. */
final class PlanText {
  private final PlanReport report;
  private final RunPlan plan;
  private final StringBuilder text = new StringBuilder();

  PlanText(PlanReport report) {
    this.report = report;
    this.plan = report.plan();
  }

  String text() {
    line("%s on %s", plan.name(), report.backend());
    line("");
    line(
        "parameters      %,d learned%s; vocabulary of %,d, width %,d, context of %,d tokens, %s",
        plan.learned(),
        plan.constants() > 0 ? format(" (and %,d computed from settings)", plan.constants()) : "",
        plan.vocabSize(),
        plan.dModel(),
        plan.contextLength(),
        plan.precision().name().toLowerCase(Locale.ROOT));
    work();
    memory();
    generation();
    alternatives();
    time();
    return text.toString();
  }

  private void work() {
    line("");
    line("operations      %16s %16s %16s", "all", "products", "attention");
    work("forward, a token", plan.forward());
    work(format("step, %,d tokens", plan.tokensPerStep()), plan.step());
    if (plan.steps().isPresent()) {
      long steps = plan.steps().getAsLong();
      work(format("run, %,d steps", steps), plan.step().times((double) steps));
    }
    int parts = plan.rows() / plan.microRows();
    line(
        "  a step is %,d rows of %,d tokens, %s",
        plan.rows(),
        plan.contextLength(),
        parts == 1
            ? "all at once"
            : format("in %,d micro-batches of %,d", parts, plan.microRows()));
    if (plan.steps().isEmpty()) {
      line("  trainer.epochs: how many steps that is, is known once the text is tokenized");
    }
  }

  private void work(String name, Work work) {
    line(
        "  %-22s %8s %16s %16s",
        name, flop(work.total()), flop(work.products()), flop(work.attention()));
  }

  private void memory() {
    line("");
    line("memory");
    for (Cause cause : plan.causes()) {
      row(cause.name(), cause.bytes(), cause.detail());
    }
    row("run", plan.bytes(), format("together; most in %s", plan.fullest()));
    row("constant", ProcessMemory.CONSTANT, "the JVM, its heap and code, the native library");
    row(
        "process",
        plan.neededBytes(),
        format(
            "%s the %s here",
            report.fits() ? "fits into" : "is more than", ByteSizes.text(report.limit())));
    row("token files", plan.mappedBytes(), "at most; mapped, so the system can take it back");
  }

  private void row(String name, long bytes, String detail) {
    line("  %-18s %12s  %s", name, ByteSizes.text(bytes), detail);
  }

  private void generation() {
    GenerationMemory generation = report.generation();
    line("");
    line("generation");
    row("weights", report.modelBytes(), "as above");
    row(
        "KV cache",
        generation.cacheBytes(),
        format("keys and values of one text of %,d tokens", plan.contextLength()));
    row("arena", generation.arenaBytes(), "activations and workspace of the largest chunk");
    row("inputs, outputs", generation.ownBytes(), "");
    row("together", report.generationBytes(), "");
  }

  private void alternatives() {
    if (report.alternatives().isEmpty()) {
      return;
    }
    line("");
    line(report.fits() ? "instead" : "what would need less");
    for (Alternative other : report.alternatives()) {
      double memory = (double) other.plan().neededBytes() / (double) plan.neededBytes() - 1;
      double work =
          other.plan().step().total()
                  / (double) other.plan().tokensPerStep()
                  / (plan.step().total() / (double) plan.tokensPerStep())
              - 1;
      line(
          "  -D %s: process %s (%s), operations a token %s; %s",
          String.join(" -D ", other.overrides()),
          ByteSizes.text(other.plan().neededBytes()),
          percent(memory),
          percent(work),
          other.fits() ? "fits" : "doesn't fit");
    }
    if (!report.fits() && report.alternatives().stream().noneMatch(Alternative::fits)) {
      line("  Nothing of this fits: take fewer or narrower layers, or more memory.");
    }
  }

  private void time() {
    if (report.probe().isEmpty()) {
      if (report.probing()) {
        line("");
        line(
            "time: no steps were run, since less than %s of memory is free here now",
            ByteSizes.text(plan.neededBytes()));
      }
      return;
    }
    ProbeReport probe = report.probe().get();
    line("");
    line("time, by %,d steps on random ids", probe.steps());
    line(
        "  step      %s (%s to %s), %,.0f tokens/s, %.0f %% of the rate of a lone product",
        seconds(probe.stepSeconds()),
        seconds(probe.fastest()),
        seconds(probe.slowest()),
        probe.tokensPerSecond(),
        100 * probe.share());
    OptionalLong steps = plan.steps();
    if (steps.isPresent()) {
      line(
          "  run       %s for %,d steps, besides evaluations",
          Durations.text((double) steps.getAsLong() * probe.stepSeconds()), steps.getAsLong());
    }
    probe
        .peakBytes()
        .ifPresent(
            peak ->
                line(
                    "  process   held %s at its peak: %+.1f %% beside the plan",
                    ByteSizes.text(peak), 100 * ((double) peak / (double) plan.neededBytes() - 1)));
  }

  private static String percent(double part) {
    String text = format("%+.0f %%", 100 * part);
    return text.equals("+0 %") || text.equals("-0 %") ? "the same" : text;
  }

  private static String seconds(double seconds) {
    return seconds < 1 ? format("%.1f ms", 1000 * seconds) : format("%.2f s", seconds);
  }

  private static String flop(double operations) {
    String[] units = {"", "k", "M", "G", "T", "P", "E", "Z"};
    int unit = 0;
    while (operations >= 1000 && unit < units.length - 1) {
      operations /= 1000;
      unit++;
    }
    return format("%.3g %sFLOP", operations, units[unit]);
  }

  private void line(String format, Object... values) {
    text.append(format(format, values).stripTrailing()).append('\n');
  }

  @SuppressWarnings("AnnotateFormatMethod") // private, and every text of it has a golden file
  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
