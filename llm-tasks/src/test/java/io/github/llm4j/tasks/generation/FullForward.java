package io.github.llm4j.tasks.generation;

import io.github.llm4j.api.layer.Inputs;
import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Pass;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.Recorder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Logits without a cache: the whole text through the model. */
public final class FullForward {
  private FullForward() {}

  /** Logits behind the last token, [V]. */
  static float[] last(Model model, int[] ids) {
    float[] all = logits(model, ids);
    return Arrays.copyOfRange(all, all.length - model.vocabSize(), all.length);
  }

  /** Logits behind each token, [T V] in a row. */
  public static float[] logits(Model model, int[] ids) {
    Recorder recorder = new Recorder(model.backend());
    Tensor tokens = recorder.input("ids", TensorSpec.of(DType.I32, 1, ids.length)); // [1, T]
    Tensor positions = recorder.input("positions", TensorSpec.of(DType.I32, 1, ids.length));
    Pass pass =
        model.pass(
            recorder,
            model.parameters().on(recorder),
            Mode.EVALUATE,
            Layout.full(true, positions),
            Optional.empty(),
            Optional.empty());
    Tensor logits = model.assembly().forward(Inputs.ids(tokens), pass).logits(); // [1, T, V]
    recorder.output("logits", recorder.cast(logits, DType.F32));
    Plan plan = recorder.plan(new PlanArena(model.backend()));
    plan.set("ids", ids);
    plan.set("positions", IntStream.range(0, ids.length).toArray());
    plan.run();
    float[] all = new float[ids.length * model.vocabSize()];
    plan.get("logits", all);
    return all;
  }
}
