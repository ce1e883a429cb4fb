package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.runtime.plan.Plan;
import java.lang.foreign.MemorySegment;

/** Single numbers that go into plans and come out of them, in the pass's stream type. */
record Scalars(Backend backend, DType type) {

  void set(Plan plan, String name, double... values) {
    if (type == DType.F64) {
      backend.upload(MemorySegment.ofArray(values), plan.input(name));
      return;
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    plan.set(name, narrow);
  }

  double get(Plan plan, String name) {
    if (type == DType.F64) {
      double[] value = new double[1];
      backend.download(plan.output(name), MemorySegment.ofArray(value));
      return value[0];
    }
    float[] value = new float[1];
    plan.get(name, value);
    return value[0];
  }
}
