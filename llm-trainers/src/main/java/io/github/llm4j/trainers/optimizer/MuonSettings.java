package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.trainers.run.Check;
import java.util.List;
import java.util.Optional;

/**
 * Settings of {@code muon}.
 *
 * @param lr peak learning rate
 * @param momentum decay of the momentum
 * @param nesterov whether the step looks ahead
 * @param iterations how often the singular values are drawn towards 1
 * @param scale how a step's size depends on the matrix's shape
 * @param weightDecay decay of the hidden matrices
 * @param others matrices that AdamW takes, as it takes all vectors
 * @param adamw settings for those
 */
@Doc("Momentum made orthogonal, for the hidden matrices; AdamW for embeddings, head and vectors.")
public record MuonSettings(
    @Doc("Peak learning rate.") @Default("1e-3") double lr,
    @Doc("Decay of the momentum.") @Default("0.95") double momentum,
    @Doc("Whether the step looks ahead along the momentum.") @Default("true") boolean nesterov,
    @Doc("How often the singular values are drawn towards 1.") @Default("5") int iterations,
    @Doc("Size of a step: rms goes with AdamW's learning rates, spectral with ten times those.")
        @Default("rms")
        Scale scale,
    @Doc("Decay of hidden matrices, multiplied by the learning rate.") @Default("0.01")
        double weightDecay,
    @Doc("Matrices that AdamW takes, as it takes all vectors.")
        @Default("[\"embedding.**\", \"head.**\"]")
        List<String> others,
    @Doc("AdamW's settings for those.") @Default("{}") Others adamw) {

  /** How a step's size depends on the matrix's shape, rows x columns. */
  public enum Scale {
    /** {@code 0.2 sqrt(max(rows, columns))}: steps as large as AdamW's. */
    RMS {
      @Override
      double of(int rows, int columns) {
        return 0.2 * Math.sqrt(Math.max(rows, columns));
      }
    },
    /** {@code sqrt(max(1, rows / columns))}: as in the first publication. */
    SPECTRAL {
      @Override
      double of(int rows, int columns) {
        return Math.sqrt(Math.max(1, (double) rows / columns));
      }
    };

    abstract double of(int rows, int columns);
  }

  /**
   * AdamW for embeddings, head and vectors.
   *
   * @param lr peak learning rate, on the same schedule; that of the matrices unless given
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param eps added to the root of the second moment
   * @param weightDecay decay of matrices among them
   */
  @Doc("AdamW for embeddings, head and vectors.")
  public record Others(
      @Doc("Peak learning rate on the same schedule; lr unless given.") Optional<Double> lr,
      @Doc("Decay of the first moment.") @Default("0.9") double beta1,
      @Doc("Decay of the second moment.") @Default("0.95") double beta2,
      @Doc("Added to the root of the second moment.") @Default("1e-8") double eps,
      @Doc("Decay of matrices, multiplied by the learning rate.") @Default("0.01")
          double weightDecay) {

    /** Checks the ranges. */
    public Others {
      lr.ifPresent(rate -> Check.that(rate > 0, "lr", "above 0", rate));
      Check.that(beta1 >= 0 && beta1 < 1, "beta1", "from 0 to below 1", beta1);
      Check.that(beta2 >= 0 && beta2 < 1, "beta2", "from 0 to below 1", beta2);
      Check.that(eps > 0, "eps", "above 0", eps);
      Check.that(weightDecay >= 0, "weight-decay", "0 or more", weightDecay);
    }
  }

  /** Checks the ranges. */
  public MuonSettings {
    Check.that(lr > 0 && Double.isFinite(lr), "lr", "above 0", lr);
    Check.that(momentum >= 0 && momentum < 1, "momentum", "from 0 to below 1", momentum);
    Check.that(iterations > 0 && iterations <= 20, "iterations", "from 1 to 20", iterations);
    Check.that(weightDecay >= 0, "weight-decay", "0 or more", weightDecay);
    others = List.copyOf(others);
  }
}
