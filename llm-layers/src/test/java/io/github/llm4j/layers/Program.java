package io.github.llm4j.layers;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.CpuBackendProvider;
import io.github.llm4j.backend.cpu.CpuSettings;
import io.github.llm4j.backend.cpu.Kernels;
import io.github.llm4j.backend.cpu.ReferenceBackendProvider;
import io.github.llm4j.backend.cpu.ReferenceSettings;
import io.github.llm4j.runtime.autograd.Tape;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.model.ParameterViews;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.Recorder;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A model on the reference backend that is run, differentiated and trained on one batch. */
final class Program {
  private static final WorkerPool WORKERS = new WorkerPool(1);

  final Model model;
  private final Map<String, double[]> moments = new HashMap<>();
  private int steps;

  Program(ComponentSpec<Assembly> spec, int vocabSize, ModelOptions options) {
    this(spec, vocabSize, options, reference());
  }

  Program(ComponentSpec<Assembly> spec, int vocabSize, ModelOptions options, Backend backend) {
    this.model = Model.build(spec, vocabSize, options, backend);
  }

  static Backend reference() {
    return new ReferenceBackendProvider()
        .create(new ReferenceSettings(), new BackendContext(WORKERS, List.of()));
  }

  static Backend cpu() {
    return new CpuBackendProvider()
        .create(CpuSettings.of(Kernels.AUTO), new BackendContext(WORKERS, List.of()));
  }

  /**
   * A batch.
   *
   * @param rows number of rows (B)
   * @param ids {@code [B, T]}
   * @param targets {@code [B, T]}; -1 for none
   * @param mask {@code [B, T]}; empty if nothing is padding
   * @param source {@code [B, S]}; empty without an encoder
   * @param sourceMask {@code [B, S]}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Batch(int rows, int[] ids, int[] targets, byte[] mask, int[] source, byte[] sourceMask) {
    static Batch of(int rows, int[] ids, int[] targets) {
      return new Batch(rows, ids, targets, new byte[0], new int[0], new byte[0]);
    }

    int length() {
      return ids.length / rows;
    }
  }

  /** A recorded step. */
  record Step(Plan plan, int logits) {
    float loss() {
      float[] loss = new float[1];
      plan.get("loss", loss);
      return loss[0];
    }

    float[] readLogits() {
      float[] values = new float[logits];
      plan.get("logits", values);
      return values;
    }

    void random(long seed, long step) {
      plan.set("random", new long[] {seed, step, 0});
    }
  }

  /** Records a forward pass with the mean loss, and in training the way back; fills the inputs. */
  Step record(Batch batch, Mode mode) {
    Recorder recorder = new Recorder(model.backend());
    ParameterViews weights = model.parameters().on(recorder);
    Tape tape = new Tape(recorder);
    if (mode == Mode.TRAIN) {
      weights.differentiate(tape, true);
    }
    int b = batch.rows();
    int t = batch.length();
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put("ids", recorder.input("ids", TensorSpec.of(DType.I32, b, t)));
    Tensor positions = recorder.input("positions", TensorSpec.of(DType.I32, b, t));
    Tensor targets = recorder.input("targets", TensorSpec.of(DType.I32, b * t));
    Tensor random = recorder.input("random", TensorSpec.of(DType.I64, 3));
    Optional<Tensor> mask = mask(recorder, "mask", b, batch.mask());
    if (batch.source().length > 0) {
      int s = batch.source().length / b;
      inputs.put("source-ids", recorder.input("source-ids", TensorSpec.of(DType.I32, b, s)));
    }
    mask(recorder, "source-mask", b, batch.sourceMask())
        .ifPresent(m -> inputs.put("source-mask", m));
    Ops ops = mode == Mode.TRAIN ? tape : recorder;
    Layout layout = new Layout(true, positions, Optional.empty(), mask);
    Pass pass = model.pass(ops, weights, mode, layout, Optional.empty(), Optional.of(random));
    Tensor logits = model.assembly().forward(new Inputs(inputs), pass).logits(); // [B, T, V]
    int v = model.vocabSize();
    Tensor rows =
        ops.cast(ops.reshape(logits, Shape.of(b * t, v)), model.options().precision().stream());
    Tensor losses = ops.crossEntropy(rows, targets); // [B T]
    double count = IntStream.of(batch.targets()).filter(id -> id >= 0).count();
    Tensor loss = ops.scale(ops.sum(losses, 0), 1 / count, 0); // [1]
    for (Tensor more : pass.losses().all()) {
      loss = ops.add(loss, more);
    }
    if (mode == Mode.TRAIN) {
      tape.backward(loss, recorder.fill(1, loss.spec()));
    }
    recorder.output("loss", recorder.cast(loss, DType.F32));
    recorder.output("logits", recorder.cast(rows, DType.F32));
    Plan plan = recorder.plan(new PlanArena(model.backend()));
    fill(plan, batch);
    return new Step(plan, b * t * v);
  }

  private static Optional<Tensor> mask(Recorder recorder, String name, int rows, byte[] mask) {
    return mask.length == 0
        ? Optional.empty()
        : Optional.of(recorder.input(name, TensorSpec.of(DType.U8, rows, mask.length / rows)));
  }

  private void fill(Plan plan, Batch batch) {
    int t = batch.length();
    plan.set("ids", batch.ids());
    plan.set("positions", IntStream.range(0, batch.ids().length).map(i -> i % t).toArray());
    plan.set("targets", batch.targets());
    plan.set("random", new long[] {7, 0, 0});
    if (batch.source().length > 0) {
      plan.set("source-ids", batch.source());
    }
    upload(plan, "mask", batch.mask());
    upload(plan, "source-mask", batch.sourceMask());
  }

  private void upload(Plan plan, String name, byte[] mask) {
    if (mask.length > 0) {
      model.backend().upload(MemorySegment.ofArray(mask), plan.input(name));
    }
  }

  /** Runs a step with the weights of now. */
  float run(Step step) {
    model.parameters().refresh();
    step.plan().run();
    return step.loss();
  }

  /** The step, then Adam on all that is trainable; gives the losses before each update. */
  float[] train(Step step, int count, double lr) {
    float[] losses = new float[count];
    for (int i = 0; i < count; i++) {
      step.random(7, steps);
      losses[i] = run(step);
      update(lr);
    }
    return losses;
  }

  private void update(double lr) {
    steps++;
    for (Parameter parameter : model.parameters().learned()) {
      if (model.parameters().trainable(parameter)) {
        float[] value = model.parameters().read(parameter.path());
        float[] gradient = model.parameters().readGradient(parameter.path());
        double[] state =
            moments.computeIfAbsent(parameter.path(), path -> new double[2 * value.length]);
        adam(value, gradient, state, lr);
        model.parameters().write(parameter.path(), value);
      }
    }
  }

  private void adam(float[] value, float[] gradient, double[] state, double lr) {
    int n = value.length;
    double first = 1 - Math.pow(0.9, steps);
    double second = 1 - Math.pow(0.99, steps);
    for (int i = 0; i < n; i++) {
      state[i] = 0.9 * state[i] + 0.1 * gradient[i];
      state[n + i] = 0.99 * state[n + i] + 0.01 * gradient[i] * gradient[i];
      value[i] -= (float) (lr * (state[i] / first) / (Math.sqrt(state[n + i] / second) + 1e-8));
    }
  }
}
