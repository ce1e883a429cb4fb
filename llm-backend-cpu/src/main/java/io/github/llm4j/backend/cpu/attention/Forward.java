package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.product.Tiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Attention forward: for each key head its keys and values once, then blocks of queries. */
final class Forward {
  private static final int Q = Sizes.QUERIES;

  private final Sizes sizes;
  private final Workers workers;
  private final Supplier<Tiles> tiles;
  private final Supplier<ScoreLoops> loops;

  Forward(Sizes sizes, Workers workers, Supplier<Tiles> tiles, Supplier<ScoreLoops> loops) {
    this.sizes = sizes;
    this.workers = workers;
    this.tiles = tiles;
    this.loops = loops;
  }

  Launch bind(Bindings bindings) {
    Scratch[] scratch = new Scratch[workers.count()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(sizes, bindings, tiles.get(), loops.get());
    }
    Workers.Part part =
        (index, worker) -> scratch[worker].head(index / sizes.k(), index % sizes.k());
    int parts = sizes.b() * sizes.k();
    return () -> workers.run(parts, part);
  }

  /** What one worker works with. */
  private static final class Scratch {
    private final Sizes sizes;
    private final Tiles tiles;
    private final ScoreLoops loops;
    private final int width;
    private final int keys;
    private final HeadRows q;
    private final HeadRows k;
    private final HeadRows v;
    private final HeadRows y;
    private final Optional<MemorySegment> lse;
    private final Visibility visibility;
    private final DropoutMask dropout;
    private final float[] key;
    private final float[] keyColumns;
    private final float[] value;
    private final float[] query;
    private final float[] out;
    private final float[] scores;
    private final float[] max = new float[Q];
    private final float[] sum = new float[Q];

    Scratch(Sizes sizes, Bindings bindings, Tiles tiles, ScoreLoops loops) {
      this.sizes = sizes;
      this.tiles = tiles;
      this.loops = loops;
      this.width = sizes.width();
      this.keys = sizes.keys();
      int d = sizes.d();
      this.q = new HeadRows(bindings.input(0), sizes.type(), sizes.t(), sizes.h(), d, width);
      this.k = new HeadRows(bindings.input(1), sizes.type(), sizes.s(), sizes.k(), d, width);
      this.v = new HeadRows(bindings.input(2), sizes.type(), sizes.s(), sizes.k(), d, width);
      this.y = new HeadRows(bindings.output(0), sizes.type(), sizes.t(), sizes.h(), d, width);
      this.lse = bindings.wanted(1) ? Optional.of(bindings.output(1)) : Optional.empty();
      this.visibility = new Visibility(sizes, bindings);
      this.dropout = DropoutMask.of(sizes, bindings, loops);
      this.key = new float[keys * width];
      this.keyColumns = new float[keys * width];
      this.value = new float[keys * width];
      this.query = new float[Q * width];
      this.scores = new float[Q * sizes.block()];
      this.out = new float[Q * width];
    }

    void head(int text, int keyHead) {
      visibility.of(text);
      k.read(text, keyHead, 0, keys, key, 1);
      HeadRows.transpose(key, keys, width, keyColumns, keys); // [width, keys]
      v.read(text, keyHead, 0, keys, value, 1); // [keys, width]
      for (int g = 0; g < sizes.group(); g++) {
        int head = keyHead * sizes.group() + g;
        for (int from = 0; from < sizes.t(); from += Q) {
          queries(text, head, from);
        }
      }
    }

    private void queries(int text, int head, int from) {
      q.read(text, head, from, Q, query, sizes.op().scale());
      Arrays.fill(out, 0);
      Arrays.fill(max, -1e30f);
      Arrays.fill(sum, 0);
      int last = Math.min(from + Q, sizes.t()) - 1;
      int end = visibility.end(last);
      int begin = visibility.first(from) / sizes.block() * sizes.block();
      for (int block = begin; block < end; block += sizes.block()) {
        Arrays.fill(scores, 0);
        tiles.add(
            scores,
            0,
            sizes.block(),
            Q,
            sizes.block(),
            query,
            0,
            width,
            1,
            keyColumns,
            block,
            keys,
            width);
        for (int i = 0; i < Q; i++) {
          weigh(i, from + i, block);
          if (dropout.active() && from + i < sizes.t()) {
            dropout.draw(text, head, from + i, block);
            dropout.apply(scores, i * sizes.block());
          }
        }
        tiles.add(
            out,
            0,
            width,
            Q,
            width,
            scores,
            0,
            sizes.block(),
            1,
            value,
            block * width,
            width,
            sizes.block());
      }
      finish(text, head, from);
    }

    /** Scores of one query with a block become weights; what it has summed is scaled to match. */
    private void weigh(int i, int query, int block) {
      int at = i * sizes.block();
      visibility.hide(scores, at, query, block);
      float newMax = loops.highest(scores, at, sizes.block(), max[i]);
      float total = loops.exponentials(scores, at, sizes.block(), newMax);
      float before = Exponential.of(max[i] - newMax);
      max[i] = newMax;
      sum[i] = sum[i] * before + total;
      if (before != 1) {
        loops.scale(out, i * width, width, before);
      }
    }

    private void finish(int text, int head, int from) {
      for (int i = 0; i < Q && from + i < sizes.t(); i++) {
        float safe = sum[i] == 0 ? 1 : sum[i];
        float inverse = 1 / safe;
        for (int j = 0; j < width; j++) {
          out[i * width + j] *= inverse;
        }
        if (lse.isPresent()) {
          long at = ((long) text * sizes.t() + from + i) * sizes.h() + head;
          float value = max[i] + (float) StrictMath.log(safe);
          lse.get().setAtIndex(ValueLayout.JAVA_FLOAT, at, value);
        }
      }
      y.write(text, head, from, Q, out);
    }
  }
}
