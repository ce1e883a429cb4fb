package io.github.llm4j.layers;

import io.github.llm4j.testkit.LayerContract;
import org.junit.jupiter.api.Nested;

/** Our layers keep the contract that a plugin's layers keep. */
class LayerContractTest {

  @Nested
  class Attention extends LayerContract {
    @Override
    protected String config() {
      return "{ type = attention, heads = 4, kv-heads = 2, bias = true, position = rope }";
    }

    @Override
    protected int dModel() {
      return 16;
    }
  }

  @Nested
  class AttentionWithDropout extends LayerContract {
    @Override
    protected String config() {
      return "{ type = attention, heads = 2, dropout = 0.3 }";
    }

    @Override
    protected boolean drawsInTraining() {
      return true;
    }
  }

  @Nested
  class Swiglu extends LayerContract {
    @Override
    protected String config() {
      return "{ type = swiglu, d-ff = 13 }";
    }
  }

  @Nested
  class RmsNorm extends LayerContract {
    @Override
    protected String config() {
      return "rms-norm";
    }
  }
}
