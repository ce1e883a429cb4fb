package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.data.RandomWindows;
import io.github.llm4j.trainers.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * The training loop. Nothing in it depends on the clock but what it reports.
 *
 * <p>Threading: one thread; the step uses all workers.
 */
public final class Trainer {
  private final TrainStep step;
  private final Optional<EvaluationStep> evaluation;
  private final RandomWindows train;
  private final Workers workers;
  private final List<ValidationSet> validation;
  private final Schedule schedule;
  private final TrainerOptions options;
  private final FiniteCheck finiteCheck;
  private final TrainingListener listener;
  private final List<Batch> batches = new ArrayList<>();
  private LoopState state;

  /**
   * A loop.
   *
   * @param parts what it works with
   * @param schedule learning rate of each step
   * @param options how long and how often
   * @param from where it goes on
   * @param listener sees how it goes
   */
  public Trainer(
      TrainingParts parts,
      Schedule schedule,
      TrainerOptions options,
      LoopState from,
      TrainingListener listener) {
    this.state = from;
    this.step = parts.step();
    this.evaluation = parts.evaluation();
    this.train = parts.train();
    this.workers = parts.workers();
    this.validation = parts.validation();
    this.finiteCheck = new FiniteCheck(parts.model().backend());
    this.schedule = schedule;
    this.options = options;
    this.listener = listener;
    if (options.rows() % step.rows() != 0) {
      throw new IllegalArgumentException(
          "rows: a multiple of %d expected, found %d.".formatted(step.rows(), options.rows()));
    }
    for (int row = 0; row < options.rows(); row += step.rows()) {
      batches.add(Batch.of(step.rows(), train.length()));
    }
  }

  /** Where the loop stands. */
  public LoopState state() {
    return state;
  }

  /**
   * Trains from where the loop stands to the end.
   *
   * @param interrupted asked between micro-batches; true ends training cleanly, behind the last
   *     whole step
   * @throws LlmException if a loss or gradient isn't finite; the parameters are those of before
   */
  public TrainingResult run(BooleanSupplier interrupted) {
    double before = state.seconds();
    long start = System.nanoTime();
    Speed speed = new Speed();
    boolean stop = evaluationIsDue() && !evaluate(interrupted); // what a stop kept from running
    while (state.step() < options.steps() && !stop && !enough()) {
      StepNumbers numbers = batches(state.step()); // learning rate, batches, number of targets
      OptionalDouble found = forwardBackwardUpdate(numbers, interrupted); // clips, updates
      if (found.isEmpty()) {
        break; // interrupted before the update: the step has changed nothing
      }
      double loss = found.getAsDouble();
      if (!Double.isFinite(loss) || !step.finite()) {
        throw notFinite(numbers, loss);
      }
      state = state.stepped(loss, numbers.targets()).at(before + seconds(start));
      speed.add(numbers.targets());
      if (logIsDue()) {
        log(loss, numbers.lr(), speed);
      }
      if (evaluationIsDue()) {
        stop = !evaluate(interrupted);
        speed.restart();
      }
      state = state.at(before + seconds(start));
      listener.done(state);
      stop |= interrupted.getAsBoolean();
    }
    TrainingResult.End end =
        state.step() >= options.steps() && !evaluationIsDue()
            ? TrainingResult.End.COMPLETE
            : enough() ? TrainingResult.End.EARLY : TrainingResult.End.INTERRUPTED;
    return new TrainingResult(end, state);
  }

  private static double seconds(long since) {
    return (double) (System.nanoTime() - since) * 1e-9;
  }

  /** Whether the validation loss has stopped falling. */
  private boolean enough() {
    return options.patience() > 0 && state.worse() >= options.patience();
  }

  /** Fills all micro-batches of a step and counts its targets, before the first is computed. */
  private StepNumbers batches(long index) {
    long targets = 0;
    int row = 0;
    for (Batch batch : batches) {
      int first = row;
      workers.run(batch.rows(), (part, worker) -> train.fill(batch, part, index, first));
      targets += batch.count();
      row += batch.rows();
    }
    return new StepNumbers(options.seed(), index, targets, options.rows(), schedule.lr(index));
  }

  /** Runs the micro-batches; the last one clips and updates. Empty if it was interrupted before. */
  private OptionalDouble forwardBackwardUpdate(StepNumbers numbers, BooleanSupplier interrupted) {
    double sum = 0;
    int row = 0;
    for (Batch batch : batches) {
      if (row > 0 && interrupted.getAsBoolean()) {
        return OptionalDouble.empty();
      }
      sum += step.run(batch, row, numbers);
      row += batch.rows();
    }
    return OptionalDouble.of(sum / (double) numbers.targets());
  }

  /** Repeats the step to find where it goes wrong; the flag keeps it from changing anything. */
  private LlmException notFinite(StepNumbers numbers, double loss) {
    int row = 0;
    for (Batch batch : batches) {
      step.run(batch, row, numbers, finiteCheck);
      row += batch.rows();
    }
    String where = finiteCheck.found().orElse("the norm of the gradient overflows");
    return new LlmException(
        ErrorKind.USER,
        ("step %d: a finite loss and gradient expected, found loss %s; %s. The weights are those"
                + " before the step. Lower trainer.optimizer.lr (here %s), lengthen the warm-up or"
                + " clip harder.")
            .formatted(numbers.step() + 1, loss, where, numbers.lr()));
  }

  private boolean logIsDue() {
    long done = state.step();
    return done % options.logEvery() == 0 || done == 1 || done == options.steps();
  }

  private void log(double loss, double lr, Speed speed) {
    long done = state.step();
    double perSecond = speed.perSecond();
    double secondsLeft = (double) (options.steps() - done) * speed.secondsPerStep();
    OptionalDouble share = share(speed.secondsPerStep());
    speed.restart();
    listener.step(
        new StepReport(
            done,
            options.steps(),
            loss,
            lr,
            step.norm(),
            perSecond,
            secondsLeft,
            share,
            state.targets(),
            state.seconds()));
  }

  /** What the products reach of the ceiling, if that was measured. */
  private OptionalDouble share(double secondsPerStep) {
    if (options.ceiling().isEmpty()) {
      return OptionalDouble.empty();
    }
    double rate = step.flops(batches.size()) / secondsPerStep;
    return OptionalDouble.of(rate / options.ceiling().getAsDouble());
  }

  private boolean evaluationIsDue() {
    long done = state.step();
    boolean regular = options.evaluateEvery() > 0 && done % options.evaluateEvery() == 0;
    boolean due = done > 0 && (regular || done == options.steps());
    return evaluation.isPresent() && due && state.evaluated() < done;
  }

  /** Measures the validation loss; false if it was interrupted, and then nothing is known. */
  private boolean evaluate(BooleanSupplier interrupted) {
    try (TrainStep.Averaged _ = step.averaged()) {
      return measure(interrupted);
    }
  }

  private boolean measure(BooleanSupplier interrupted) {
    List<EvaluationReport> reports = new ArrayList<>();
    LoopState measured = state;
    for (ValidationSet set : validation) {
      long start = System.nanoTime();
      OptionalDouble found = evaluation.orElseThrow().loss(set, interrupted);
      if (found.isEmpty()) {
        return false;
      }
      double loss = found.getAsDouble();
      if (reports.isEmpty()) { // the first set is the one that counts
        measured = state.measured(loss, options.minDelta());
      }
      boolean best = reports.isEmpty() && measured.isBest();
      reports.add(
          new EvaluationReport(
              state.step(),
              set.name(),
              loss,
              set.targets(),
              best,
              seconds(start),
              state.targets(),
              state.seconds()));
    }
    state = measured;
    reports.forEach(listener::evaluated);
    return true;
  }

  /** Targets a second. */
  private static final class Speed {
    private long since = System.nanoTime();
    private long targets;
    private long steps;

    void add(long more) {
      targets += more;
      steps++;
    }

    double perSecond() {
      return (double) targets / seconds();
    }

    double secondsPerStep() {
      return seconds() / (double) Math.max(1, steps);
    }

    private double seconds() {
      return (double) Math.max(1, System.nanoTime() - since) * 1e-9;
    }

    void restart() {
      since = System.nanoTime();
      targets = 0;
      steps = 0;
    }
  }
}
