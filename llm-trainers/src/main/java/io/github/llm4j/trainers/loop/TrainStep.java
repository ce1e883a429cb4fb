package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Outputs;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.objective.Objective;
import io.github.llm4j.api.op.ClipScale;
import io.github.llm4j.api.op.SquaredNorm;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.autograd.Tape;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.OptimizerMemory;
import io.github.llm4j.runtime.model.ParameterViews;
import io.github.llm4j.runtime.model.Parameters;
import io.github.llm4j.runtime.model.StateTensor;
import io.github.llm4j.runtime.plan.Observer;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.Recorder;
import io.github.llm4j.runtime.plan.Work;
import io.github.llm4j.trainers.data.Batch;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One training step as plans: forward and backward of a micro-batch, and behind the last one the
 * norm, the clipping and the update. There is a plan each for the first micro-batch (its gradients
 * overwrite those of the step before), those between, the last, and for a step of one micro-batch.
 *
 * <p>Threading: one thread.
 */
public final class TrainStep {
  private final Model model;
  private final Objective objective;
  private final Optimizer optimizer;
  private final double clipNorm;
  private final int rows;
  private final int length;
  private final PlanArena arena;
  private final DType type;
  private final Scalars scalars;
  private final OptimizerMemory optimizerMemory;
  private final Optional<WeightAverage> average;
  private final Map<Place, Plan> plans = new LinkedHashMap<>();
  private double lossBefore;

  /** Where a micro-batch stands in its step. */
  public record Place(boolean first, boolean last) {}

  /**
   * Steps of a model; nothing is recorded before the first use.
   *
   * @param clipNorm bound of the gradient's norm; 0 for none
   * @param averageDecay decay of the average of the weights, if one is kept
   * @param rows rows of a micro-batch
   * @param arena memory that its plans share
   */
  public TrainStep(
      Model model,
      Objective objective,
      Optimizer optimizer,
      double clipNorm,
      Optional<Double> averageDecay,
      int rows,
      PlanArena arena) {
    this.model = model;
    this.objective = objective;
    this.optimizer = optimizer;
    this.clipNorm = clipNorm;
    this.rows = rows;
    this.length = model.contextLength();
    this.arena = arena;
    this.type = model.options().precision().stream();
    this.scalars = new Scalars(model.backend(), type);
    this.average = averageDecay.map(decay -> new WeightAverage(model, decay));
    this.optimizerMemory = OptimizerMemory.of(model.backend(), optimizer, model.parameters());
  }

  /**
   * What lasts from step to step, by name: the masters, the optimizer's states and the average of
   * the weights.
   */
  public Map<String, StateTensor> memory() {
    Parameters parameters = model.parameters();
    Map<String, StateTensor> memory = new LinkedHashMap<>();
    memory.put("masters", new StateTensor(parameters.arenaSpec(), parameters.masters()));
    optimizerMemory.states().forEach((name, state) -> memory.put("optimizer." + name, state));
    average.ifPresent(a -> memory.put("average", a.state()));
    return memory;
  }

  /** Says that {@link #memory} has been overwritten. */
  public void restored() {
    model.parameters().overwritten();
  }

  /**
   * Lets the average of the weights stand in for the weights until it is closed; changes nothing if
   * there is none.
   */
  public Averaged averaged() {
    average.ifPresent(WeightAverage::exchange);
    return () -> average.ifPresent(WeightAverage::exchange);
  }

  /** While it is open, the model's weights are averages. */
  public interface Averaged extends AutoCloseable {
    @Override
    void close();
  }

  /** Rows of a micro-batch. */
  public int rows() {
    return rows;
  }

  /** The plan of a place, recorded at its first use. */
  public Plan plan(Place place) {
    return plans.computeIfAbsent(place, this::record);
  }

  /** Floating-point operations of the products of a step of so many micro-batches. */
  public double flops(int batches) {
    return work(batches).total();
  }

  /** Floating-point operations of a step of so many micro-batches. */
  public Work work(int batches) {
    Work sum = Work.NONE;
    for (int i = 0; i < batches; i++) {
      sum = sum.plus(plan(new Place(i == 0, i == batches - 1)).work());
    }
    return sum;
  }

  /** The plans that a step of so many micro-batches needs, recorded. */
  public Collection<Plan> plans(int batches) {
    for (int i = 0; i < Math.min(batches, 3); i++) { // a first, a last and one between
      plan(new Place(i == 0, batches == 1 || i == 1));
    }
    return plans.values();
  }

  /** All plans that have been recorded. */
  public Collection<Plan> plans() {
    return plans.values();
  }

  /**
   * Runs a micro-batch: accumulates its gradients, and updates the parameters if it is the last.
   *
   * @param firstRow global index of its first row in the step
   * @return sum of the losses of its targets
   */
  public double run(Batch batch, int firstRow, StepNumbers numbers) {
    Plan plan = prepare(batch, firstRow, numbers);
    plan.run();
    return finish(plan, firstRow, numbers);
  }

  /** As {@link #run(Batch, int, StepNumbers)}, seen by an observer. */
  public double run(Batch batch, int firstRow, StepNumbers numbers, Observer observer) {
    Plan plan = prepare(batch, firstRow, numbers);
    plan.run(observer);
    return finish(plan, firstRow, numbers);
  }

  private Place place(int firstRow, StepNumbers numbers) {
    return new Place(firstRow == 0, firstRow + rows == numbers.rows());
  }

  private Plan prepare(Batch batch, int firstRow, StepNumbers numbers) {
    Place place = place(firstRow, numbers);
    Plan plan = plan(place);
    model.parameters().refresh();
    lossBefore = place.first() ? 0 : lossBefore;
    plan.set("ids", batch.ids());
    plan.set("targets", batch.targets());
    plan.set("random", new long[] {numbers.seed(), numbers.step(), firstRow});
    scalars.set(plan, "inverse-count", 1.0 / (double) Math.max(1, numbers.targets()));
    scalars.set(plan, "share", (double) rows / numbers.rows());
    if (place.last()) {
      scalars.set(plan, "loss-before", lossBefore);
      scalars.set(plan, "hyper", optimizer.hyper(numbers.step() + 1, numbers.lr()));
      average.ifPresent(a -> a.set(plan, numbers.step() + 1));
    }
    return plan;
  }

  private double finish(Plan plan, int firstRow, StepNumbers numbers) {
    double sum = scalars.get(plan, "loss");
    lossBefore += sum;
    if (place(firstRow, numbers).last() && finite()) {
      model.parameters().changed();
    }
    return sum;
  }

  /** Norm of the last step's gradient before clipping. */
  public double norm() {
    return scalars.get(last(), "norm");
  }

  /** Whether the last step's loss and gradient were finite; if not, it has changed nothing. */
  public boolean finite() {
    return scalars.get(last(), "finite") != 0;
  }

  private Plan last() {
    return plans.entrySet().stream()
        .filter(e -> e.getKey().last())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no step has been run"));
  }

  private Plan record(Place place) {
    Recorder recorder = new Recorder(model.backend());
    Tape tape = new Tape(recorder);
    ParameterViews weights = model.parameters().on(recorder);
    weights.differentiate(tape, place.first());
    TensorSpec batch = TensorSpec.of(DType.I32, rows, length);
    Tensor ids = recorder.input("ids", batch); // [B, T]
    Tensor targets = recorder.input("targets", batch); // [B, T]
    Tensor positions = recorder.input("positions", batch); // [B, T]
    Tensor random = recorder.input("random", TensorSpec.of(DType.I64, 3));
    Tensor inverseCount = recorder.input("inverse-count", TensorSpec.of(type, 1));
    Tensor share = recorder.input("share", TensorSpec.of(type, 1));
    Pass pass =
        model.pass(
            tape,
            weights,
            Mode.TRAIN,
            Layout.full(true, positions),
            Optional.empty(),
            Optional.of(random));
    Outputs outputs = model.assembly().forward(Inputs.ids(ids), pass);
    Tensor sum = objective.sum(outputs, Map.of("targets", targets), tape.at("objective")); // [1]
    Tensor loss = tape.mul(sum, inverseCount);
    for (Tensor extra : pass.losses().all()) { // means over a micro-batch: weighted by its rows
      loss = tape.add(loss, tape.mul(tape.reshape(extra, Shape.of(1)), share));
    }
    tape.backward(loss, recorder.fill(1, loss.spec()));
    recorder.output("loss", sum);
    if (place.last()) {
      update(recorder, sum);
    }
    Plan plan = recorder.plan(arena);
    plan.preset("positions", Positions.of(rows, length));
    return plan;
  }

  /** Norm, clipping and update, once a step. */
  private void update(Recorder recorder, Tensor sum) {
    Parameters parameters = model.parameters();
    TensorSpec flat = parameters.arenaSpec(); // [N]
    Tensor gradients = recorder.external(parameters.gradients(), flat);
    Recorder clip = recorder.at("clip");
    Tensor squared = clip.apply(new SquaredNorm(), List.of(gradients)).get(0); // [1]
    Tensor before = recorder.input("loss-before", TensorSpec.of(type, 1));
    // 0 times a loss that isn't finite is not a number, so the flag below tells of it too
    Tensor guarded = clip.add(squared, clip.scale(clip.add(before, sum), 0, 0));
    List<Tensor> clipped = clip.apply(new ClipScale(clipNorm), List.of(guarded));
    Tensor hyper = recorder.input("hyper", TensorSpec.of(type, optimizer.hyper().size()));
    Recorder at = recorder.at("optimizer");
    OptimizerStep seen = optimizerMemory.on(at, hyper, clipped.get(1), clipped.get(2));
    optimizer.update(at, seen);
    average.ifPresent(a -> a.record(recorder.at("average"), seen.parameters(), seen.finite()));
    recorder.output("norm", clipped.get(0));
    recorder.output("finite", clipped.get(2));
  }
}
