package com.example.gatedmlp;

import io.github.llm4j.testkit.LayerContract;

class GatedMlpTest extends LayerContract {
  @Override
  protected String config() {
    return "{ type = gated-mlp, d-ff = 13, bias = true }";
  }
}
