package com.example.gatedmlp.kernels;

import com.example.gatedmlp.SigmoidGate;
import com.example.gatedmlp.SigmoidGateGrad;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.testkit.OpCase;
import io.github.llm4j.testkit.OpContract;
import io.github.llm4j.testkit.Operand;
import io.github.llm4j.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;

/** The contract of the ops again, now that there are kernels for them. */
class GateKernelsTest extends OpContract {
  private static final int TERMS = 4; // exp, sum, quotient, product

  @Override
  protected List<DType> kernelTypes() {
    return List.of(DType.F32);
  }

  @Override
  protected List<OpCase> cases(Seeds seeds, DType type) {
    List<OpCase> cases = new ArrayList<>();
    for (int n : awkwardSizes()) {
      Operand gate = seeds.uniform(type, -30, 30, n);
      Operand up = seeds.normal(type, n);
      Operand dy = seeds.normal(type, n);
      cases.add(OpCase.of(new SigmoidGate(), TERMS, gate, up));
      cases.add(OpCase.of(new SigmoidGateGrad(), TERMS, gate, up, dy).cancelling(1));
    }
    return cases;
  }
}
