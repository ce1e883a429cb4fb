package com.example.gatedmlp;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.testkit.OpCase;
import io.github.llm4j.testkit.OpContract;
import io.github.llm4j.testkit.Operand;
import io.github.llm4j.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;

class SigmoidGateTest extends OpContract {
  private static final int TERMS = 4; // exp, sum, quotient, product

  @Override
  protected List<OpCase> cases(Seeds seeds, DType type) {
    List<OpCase> cases = new ArrayList<>();
    for (int n : awkwardSizes()) {
      Operand gate = seeds.normal(type, n);
      Operand up = seeds.normal(type, n);
      Operand dy = seeds.normal(type, n);
      cases.add(OpCase.of(new SigmoidGate(), TERMS, gate, up));
      cases.add(OpCase.of(new SigmoidGateGrad(), TERMS, gate, up, dy).cancelling(1));
    }
    if (type == DType.F64) { // for gradients: the sigmoid's decomposition has none so far out
      return cases;
    }
    Operand extremes = seeds.of(type, new double[] {-1e30, -100, -20, 0, 20, 100, 1e30}, 50);
    Operand up = seeds.normal(type, 50);
    cases.add(OpCase.of(new SigmoidGate(), TERMS, extremes, up));
    cases.add(OpCase.of(new SigmoidGateGrad(), TERMS, extremes, up, up).cancelling(1));
    return cases;
  }
}
