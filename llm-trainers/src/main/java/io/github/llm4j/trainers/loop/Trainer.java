package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.data.OrderedWindows;
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
  private final Optional<OrderedWindows> validation;
  private final Schedule schedule;
  private final TrainerOptions options;
  private final FiniteCheck finiteCheck;
  private final TrainingListener listener;
  private final List<Batch> batches = new ArrayList<>();
  private double best = Double.POSITIVE_INFINITY;
  private OptionalDouble lastEvaluation = OptionalDouble.empty();

  /**
   * A loop.
   *
   * @param parts what it works with
   * @param schedule learning rate of each step
   * @param options how long and how often
   * @param listener sees how it goes
   */
  public Trainer(
      TrainingParts parts, Schedule schedule, TrainerOptions options, TrainingListener listener) {
    this.step = parts.step();
    this.evaluation = parts.evaluation();
    this.train = parts.train();
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

  /**
   * Trains.
   *
   * @param interrupted asked after each step; true ends training cleanly
   * @throws LlmException if a loss or gradient isn't finite; the parameters are those of before
   */
  public TrainingResult run(BooleanSupplier interrupted) {
    long start = System.nanoTime();
    Speed speed = new Speed();
    double loss = Double.NaN;
    long done = 0;
    boolean stop = false;
    while (done < options.steps() && !stop) {
      StepNumbers numbers = batches(done); // learning rate, batches, number of targets
      loss = forwardBackwardUpdate(numbers); // accumulates, clips, updates
      if (!Double.isFinite(loss) || !step.finite()) {
        throw notFinite(numbers, loss);
      }
      done++;
      speed.add(numbers.targets());
      if (done % options.logEvery() == 0 || done == 1 || done == options.steps()) {
        log(done, loss, numbers.lr(), speed);
      }
      if (evaluationIsDue(done)) {
        evaluate(done);
        speed.restart();
      }
      stop = interrupted.getAsBoolean();
    }
    double seconds = (double) (System.nanoTime() - start) * 1e-9;
    OptionalDouble bestLoss =
        lastEvaluation.isPresent() ? OptionalDouble.of(best) : OptionalDouble.empty();
    return new TrainingResult(
        done, stop && done < options.steps(), loss, lastEvaluation, bestLoss, seconds);
  }

  /** Fills all micro-batches of a step and counts its targets, before the first is computed. */
  private StepNumbers batches(long index) {
    long targets = 0;
    int row = 0;
    for (Batch batch : batches) {
      train.fill(batch, index, row);
      targets += batch.count();
      row += batch.rows();
    }
    return new StepNumbers(options.seed(), index, targets, options.rows(), schedule.lr(index));
  }

  /** Runs the micro-batches; the last one clips and updates. */
  private double forwardBackwardUpdate(StepNumbers numbers) {
    double sum = 0;
    int row = 0;
    for (Batch batch : batches) {
      sum += step.run(batch, row, numbers);
      row += batch.rows();
    }
    return sum / (double) numbers.targets();
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

  private void log(long done, double loss, double lr, Speed speed) {
    double perSecond = speed.perSecond();
    double secondsLeft = (double) (options.steps() - done) * speed.secondsPerStep();
    OptionalDouble share = share(speed.secondsPerStep());
    speed.restart();
    listener.step(
        new StepReport(
            done, options.steps(), loss, lr, step.norm(), perSecond, secondsLeft, share));
  }

  /** What the products reach of the ceiling, if that was measured. */
  private OptionalDouble share(double secondsPerStep) {
    if (options.ceiling().isEmpty()) {
      return OptionalDouble.empty();
    }
    double rate = step.flops(batches.size()) / secondsPerStep;
    return OptionalDouble.of(rate / options.ceiling().getAsDouble());
  }

  private boolean evaluationIsDue(long done) {
    boolean regular = options.evaluateEvery() > 0 && done % options.evaluateEvery() == 0;
    return evaluation.isPresent() && (regular || done == options.steps());
  }

  private void evaluate(long done) {
    long start = System.nanoTime();
    OrderedWindows windows = validation.orElseThrow();
    double loss = evaluation.orElseThrow().loss(windows);
    boolean better = loss < best;
    best = Math.min(best, loss);
    lastEvaluation = OptionalDouble.of(loss);
    double seconds = (double) (System.nanoTime() - start) * 1e-9;
    listener.evaluated(new EvaluationReport(done, loss, windows.targets(), better, seconds));
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
