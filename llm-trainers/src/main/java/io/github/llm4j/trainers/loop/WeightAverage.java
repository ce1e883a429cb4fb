package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.MovingAverage;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.StateTensor;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.Recorder;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * An exponential moving average of the masters, which begins as they are: {@code average = d
 * average + (1 - d) masters} behind each update, with {@code d = min(decay, (1 + t) / (10 + t))} in
 * step t, counted from 1, so that it forgets the beginning.
 *
 * <p>Polyak and Juditsky 1992, doi:10.1137/0330046; the warm-up of the decay is that of
 * TensorFlow's {@code tf.train.ExponentialMovingAverage}.
 */
final class WeightAverage {
  private static final String SHARE = "average-share";
  private static final int CHUNK = 1 << 20;

  private final Model model;
  private final double decay;
  private final Scalars scalars;
  private final MemorySegment average;

  WeightAverage(Model model, double decay) {
    this.model = model;
    this.decay = decay;
    TensorSpec flat = model.parameters().arenaSpec();
    this.scalars = new Scalars(model.backend(), flat.dtype());
    this.average = model.backend().allocate(flat.bytes());
    exchange(false);
  }

  /** Its memory, {@code [N]}. */
  StateTensor state() {
    return new StateTensor(model.parameters().arenaSpec(), average);
  }

  /** Records the average behind the update of a step. */
  void record(Recorder recorder, Tensor masters, Tensor finite) {
    TensorSpec one = TensorSpec.of(masters.dtype(), 1);
    recorder.apply(
        new MovingAverage(),
        List.of(
            recorder.external(average, masters.spec()),
            masters,
            recorder.input(SHARE, one),
            recorder.fill(1, one),
            finite));
  }

  /**
   * Fills a plan's numbers for a step.
   *
   * @param step counts from 1
   */
  void set(Plan plan, long step) {
    double warmUp = (double) (1 + step) / (double) (10 + step);
    scalars.set(plan, SHARE, 1 - Math.min(decay, warmUp));
  }

  /** Lets masters and average change places. */
  void exchange() {
    exchange(true);
    model.parameters().overwritten();
  }

  /** Copies masters into the average and, if asked, what it was into the masters. */
  private void exchange(boolean both) {
    Backend backend = model.backend();
    MemorySegment masters = model.parameters().masters();
    long bytes = state().spec().bytes();
    byte[] one = new byte[(int) Math.min(CHUNK, bytes)];
    byte[] other = new byte[one.length];
    for (long at = 0; at < bytes; at += CHUNK) {
      long size = Math.min(CHUNK, bytes - at);
      MemorySegment first = MemorySegment.ofArray(one).asSlice(0, size);
      MemorySegment second = MemorySegment.ofArray(other).asSlice(0, size);
      backend.download(masters.asSlice(at, size), first);
      backend.download(average.asSlice(at, size), second);
      backend.upload(first, average.asSlice(at, size));
      if (both) {
        backend.upload(second, masters.asSlice(at, size));
      }
    }
  }
}
