package io.github.llm4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.op.Compare;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.TopK;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.layers.Program.Step;
import io.github.llm4j.runtime.model.ModelOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A mixture of experts, against one in which each expert computes every token. */
class ExpertsProgramTest {
  private static final int C = 8;

  private static Program program(ComponentSpec<Layer> feedForward, Precision precision) {
    return new Program(
        Specs.decoder(2, C, 6, Specs.llamaBlock(C, feedForward), 0, false),
        13,
        ModelOptions.of(3, precision));
  }

  private static ComponentSpec<Layer> experts(ExpertsSettings settings) {
    return ComponentSpec.of(new ExpertsProvider(), settings);
  }

  /** The same parameters; each expert computes all tokens, and what isn't chosen weighs nothing. */
  private record Dense(ExpertsSettings s) implements LayerProvider<ExpertsSettings> {
    @Override
    public String type() {
      return "dense-experts";
    }

    @Override
    public Class<ExpertsSettings> settings() {
      return ExpertsSettings.class;
    }

    @Override
    public Layer create(ExpertsSettings settings, LayerContext context) {
      int e = s.experts();
      int f = s.dFf();
      Layer router = context.linear("router", C, e, false, Initial.weight());
      LayerContext inside = context.child("experts", context.block());
      Parameter gate = inside.matrix("gate", Shape.of(e, f, C), Initial.weight());
      Parameter up = inside.matrix("up", Shape.of(e, f, C), Initial.weight());
      Parameter down = inside.matrix("down", Shape.of(e, C, f), Initial.branchEnd(context));
      return (x, pass) -> {
        Ops ops = pass.ops();
        int n = x.shape().rows();
        Tensor tokens = ops.reshape(x, Shape.of(n, C));
        Tensor shares = ops.softmax(router.forward(tokens, pass)); // [N, E]
        Tensor top = ops.apply(new TopK(s.active()), List.of(shares)).get(0); // [N, k]
        Tensor least = ops.slice(top, 1, s.active() - 1, s.active()); // [N, 1]
        Tensor chosen =
            ops.compare(
                Compare.Relation.GREATER_OR_EQUAL, shares, ops.broadcast(least, shares.shape()));
        Tensor kept = ops.mul(shares, ops.cast(chosen, shares.dtype())); // [N, E]
        if (s.normalise()) {
          Tensor sum = ops.reciprocal(ops.sum(kept, 1));
          kept = ops.mul(kept, ops.broadcast(sum, kept.shape()));
        }
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < e; i++) {
          Tensor g = one(ops, pass.weight(gate), i, f, C);
          Tensor u = one(ops, pass.weight(up), i, f, C);
          Tensor d = one(ops, pass.weight(down), i, C, f);
          DType type = x.dtype();
          Tensor inner = ops.swiGlu(ops.linear(tokens, g, type), ops.linear(tokens, u, type));
          Tensor y = ops.linear(inner, d, type); // [N, C]
          parts.add(ops.mul(y, ops.broadcast(ops.slice(kept, 1, i, i + 1), y.shape())));
        }
        return ops.reshape(parts.stream().reduce(ops::add).orElseThrow(), x.shape());
      };
    }

    private static Tensor one(Ops ops, Tensor all, int expert, int rows, int columns) {
      return ops.reshape(ops.slice(all, 0, expert, expert + 1), Shape.of(rows, columns));
    }
  }

  @ParameterizedTest
  @CsvSource({"4,2,true", "4,1,false", "5,5,true", "3,2,false", "1,1,true"})
  void groupedTokensComputeWhatAllExpertsOnAllTokensDo(int experts, int active, boolean normalise) {
    ExpertsSettings settings = new ExpertsSettings(experts, active, 6, normalise, 0);
    Program grouped = program(experts(settings), Precision.F64);
    Program dense = program(ComponentSpec.of(new Dense(settings), settings), Precision.F64);
    Step groupedStep = grouped.record(DecoderProgramTest.batch(2, 6, 5), Mode.TRAIN);
    Step denseStep = dense.record(DecoderProgramTest.batch(2, 6, 5), Mode.TRAIN);
    assertEquals(dense.run(denseStep), grouped.run(groupedStep), 1e-6);
    float[] a = denseStep.readLogits();
    float[] b = groupedStep.readLogits();
    for (int i = 0; i < a.length; i++) {
      assertEquals(a[i], b[i], 1e-6f, "logit " + i);
    }
    for (String path : List.of("router.weight", "experts.gate", "experts.up", "experts.down")) {
      float[] expected = dense.model.parameters().readGradient("blocks.0.feed-forward." + path);
      float[] found = grouped.model.parameters().readGradient("blocks.0.feed-forward." + path);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1e-7f + 1e-5f * Math.abs(expected[i]), path + " " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void learnsABatch(Precision precision) {
    Program program = program(experts(new ExpertsSettings(4, 2, 12, true, 0.01)), precision);
    Step step = program.record(DecoderProgramTest.batch(2, 5, 1), Mode.TRAIN);
    float[] losses = program.train(step, 60, 0.02);
    assertTrue(losses[59] < losses[0] / 3, "from " + losses[0] + " to " + losses[59]);
  }

  @Test
  void anEvenUseOfExpertsCostsItsWeightForEachBlock() {
    // with a router of zeros all experts have the same share, so the added loss is its weight
    Program with = program(experts(new ExpertsSettings(4, 2, 6, true, 0.5)), Precision.F64);
    Program without = program(experts(new ExpertsSettings(4, 2, 6, true, 0)), Precision.F64);
    for (int i = 0; i < 2; i++) {
      String router = "blocks." + i + ".feed-forward.router.weight";
      with.model.parameters().write(router, new float[4 * C]);
      without.model.parameters().write(router, new float[4 * C]);
    }
    float more = with.run(with.record(DecoderProgramTest.batch(2, 5, 1), Mode.TRAIN));
    float less = without.run(without.record(DecoderProgramTest.batch(2, 5, 1), Mode.TRAIN));
    assertEquals(2 * 0.5, more - less, 1e-6);
  }
}
