package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Outputs;
import io.github.llm4j.api.objective.Objective;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.Recorder;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.data.OrderedWindows;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * The loss of a model over a text, without gradients or dropout.
 *
 * <p>Threading: one thread.
 */
public final class EvaluationStep {
  private final Model model;
  private final Plan plan;
  private final Batch batch;
  private final Scalars scalars;

  /**
   * Records the step.
   *
   * @param rows rows that are computed at once
   * @param arena memory that it shares with other plans
   */
  public EvaluationStep(Model model, Objective objective, int rows, PlanArena arena) {
    this.model = model;
    this.batch = Batch.of(rows, model.contextLength());
    this.scalars = new Scalars(model.backend(), model.options().precision().stream());
    Recorder recorder = new Recorder(model.backend());
    TensorSpec shape = TensorSpec.of(DType.I32, rows, batch.length());
    Tensor ids = recorder.input("ids", shape); // [B, T]
    Tensor targets = recorder.input("targets", shape); // [B, T]
    Tensor positions = recorder.input("positions", shape); // [B, T]
    Outputs outputs =
        model
            .assembly()
            .forward(
                Inputs.ids(ids),
                model.pass(
                    recorder,
                    model.parameters().on(recorder),
                    Mode.EVALUATE,
                    Layout.full(true, positions),
                    Optional.empty(),
                    Optional.empty()));
    recorder.output(
        "loss", objective.sum(outputs, Map.of("targets", targets), recorder.at("objective")));
    this.plan = recorder.plan(arena);
    plan.preset("positions", Positions.of(rows, batch.length()));
  }

  /** What is run. */
  public Plan plan() {
    return plan;
  }

  /** Sum of the losses of a batch's targets. */
  public double sum(Batch given) {
    model.parameters().refresh();
    plan.set("ids", given.ids());
    plan.set("targets", given.targets());
    plan.run();
    return scalars.get(plan, "loss");
  }

  /**
   * Mean loss over all targets of a set, in nats.
   *
   * @param interrupted asked between batches; true ends it without a result
   */
  public OptionalDouble loss(ValidationSet set, BooleanSupplier interrupted) {
    double sum = 0;
    for (OrderedWindows windows : set.texts()) {
      for (long first = 0; first < windows.windows(); first += batch.rows()) {
        if (interrupted.getAsBoolean()) {
          return OptionalDouble.empty();
        }
        windows.fill(batch, first);
        sum += sum(batch);
      }
    }
    return OptionalDouble.of(sum / (double) set.targets());
  }
}
