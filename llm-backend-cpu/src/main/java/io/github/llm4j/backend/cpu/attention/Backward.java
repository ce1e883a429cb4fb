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

/**
 * Attention backward: scores are computed again block by block; with {@code p = e^(s - lse)},
 * {@code dv = p' dy, ds = p (dy v' - dy y), dq = ds k, dk = ds' q}.
 */
final class Backward {
  private static final int Q = Sizes.QUERIES;

  private final Sizes sizes;
  private final Workers workers;
  private final Supplier<Tiles> tiles;
  private final Supplier<ScoreLoops> loops;

  Backward(Sizes sizes, Workers workers, Supplier<Tiles> tiles, Supplier<ScoreLoops> loops) {
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
    private final HeadRows dy;
    private final MemorySegment lse;
    private final Optional<HeadRows> dq;
    private final Optional<HeadRows> dk;
    private final Optional<HeadRows> dv;
    private final Visibility visibility;
    private final DropoutMask dropout;
    private final float[] key;
    private final float[] keyColumns;
    private final float[] value;
    private final float[] valueColumns;
    private final float[] keyGrad;
    private final float[] valueGrad;
    private final float[] query;
    private final float[] queryGrad;
    private final float[] out;
    private final float[] outGrad;
    private final float[] weights;
    private final float[] scoreGrad;
    private final float[] delta = new float[Q];

    Scratch(Sizes sizes, Bindings bindings, Tiles tiles, ScoreLoops loops) {
      this.sizes = sizes;
      this.tiles = tiles;
      this.loops = loops;
      this.width = sizes.width();
      this.keys = sizes.keys();
      int n = sizes.op().operands();
      this.q = queries(bindings.input(0));
      this.k = keys(bindings.input(1));
      this.v = keys(bindings.input(2));
      this.y = queries(bindings.input(n));
      this.lse = bindings.input(n + 1);
      this.dy = queries(bindings.input(n + 2));
      this.dq = bindings.wanted(0) ? Optional.of(queries(bindings.output(0))) : Optional.empty();
      this.dk = bindings.wanted(1) ? Optional.of(keys(bindings.output(1))) : Optional.empty();
      this.dv = bindings.wanted(2) ? Optional.of(keys(bindings.output(2))) : Optional.empty();
      this.visibility = new Visibility(sizes, bindings);
      this.dropout = DropoutMask.of(sizes, bindings, loops);
      this.key = new float[keys * width];
      this.keyColumns = new float[keys * width];
      this.value = new float[keys * width];
      this.valueColumns = new float[keys * width];
      this.keyGrad = new float[keys * width];
      this.valueGrad = new float[keys * width];
      this.query = new float[Q * width];
      this.queryGrad = new float[Q * width];
      this.weights = new float[Q * sizes.block()];
      this.scoreGrad = new float[Q * sizes.block()];
      this.out = new float[Q * width];
      this.outGrad = new float[Q * width];
    }

    private HeadRows queries(MemorySegment memory) {
      return new HeadRows(memory, sizes.type(), sizes.t(), sizes.h(), sizes.d(), width);
    }

    private HeadRows keys(MemorySegment memory) {
      return new HeadRows(memory, sizes.type(), sizes.s(), sizes.k(), sizes.d(), width);
    }

    void head(int text, int keyHead) {
      visibility.of(text);
      k.read(text, keyHead, 0, keys, key, 1); // [keys, width]
      HeadRows.transpose(key, keys, width, keyColumns, keys); // [width, keys]
      v.read(text, keyHead, 0, keys, value, 1);
      HeadRows.transpose(value, keys, width, valueColumns, keys);
      Arrays.fill(keyGrad, 0);
      Arrays.fill(valueGrad, 0);
      for (int g = 0; g < sizes.group(); g++) {
        int head = keyHead * sizes.group() + g;
        for (int from = 0; from < sizes.t(); from += Q) {
          block(text, head, from);
        }
      }
      dk.ifPresent(rows -> rows.write(text, keyHead, 0, keys, keyGrad));
      dv.ifPresent(rows -> rows.write(text, keyHead, 0, keys, valueGrad));
    }

    private void block(int text, int head, int from) {
      q.read(text, head, from, Q, query, sizes.op().scale());
      dy.read(text, head, from, Q, outGrad, 1);
      y.read(text, head, from, Q, out, 1);
      Arrays.fill(queryGrad, 0);
      for (int i = 0; i < Q; i++) {
        float sum = 0;
        for (int j = 0; j < width; j++) {
          sum = Math.fma(out[i * width + j], outGrad[i * width + j], sum);
        }
        delta[i] = sum;
      }
      int last = Math.min(from + Q, sizes.t()) - 1;
      int end = visibility.end(last);
      int begin = visibility.first(from) / sizes.block() * sizes.block();
      for (int block = begin; block < end; block += sizes.block()) {
        scores(text, head, from, block);
        products(block);
      }
      if (dq.isPresent()) {
        for (int i = 0; i < queryGrad.length; i++) {
          queryGrad[i] *= sizes.op().scale();
        }
        dq.get().write(text, head, from, Q, queryGrad);
      }
    }

    /** Weights and gradients of scores of a block of queries with a block of keys. */
    private void scores(int text, int head, int from, int block) {
      Arrays.fill(weights, 0);
      Arrays.fill(scoreGrad, 0);
      tiles.add(
          weights,
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
      tiles.add(
          scoreGrad,
          0,
          sizes.block(),
          Q,
          sizes.block(),
          outGrad,
          0,
          width,
          1,
          valueColumns,
          block,
          keys,
          width);
      for (int i = 0; i < Q; i++) {
        boolean there = from + i < sizes.t();
        if (dropout.active() && there) {
          dropout.draw(text, head, from + i, block);
          dropout.apply(scoreGrad, i * sizes.block());
        }
        long at = ((long) text * sizes.t() + from + i) * sizes.h() + head;
        float shift = there ? lse.getAtIndex(ValueLayout.JAVA_FLOAT, at) : 0;
        visibility.hide(weights, i * sizes.block(), from + i, block);
        loops.gradients(weights, scoreGrad, i * sizes.block(), sizes.block(), shift, delta[i]);
        if (dropout.active() && there) {
          dropout.apply(weights, i * sizes.block());
        }
      }
    }

    private void products(int block) {
      int at = block * width;
      if (dv.isPresent()) {
        tiles.add(
            valueGrad,
            at,
            width,
            sizes.block(),
            width,
            weights,
            0,
            1,
            sizes.block(),
            outGrad,
            0,
            width,
            Q);
      }
      if (dk.isPresent()) { // query is scaled already
        tiles.add(
            keyGrad,
            at,
            width,
            sizes.block(),
            width,
            scoreGrad,
            0,
            1,
            sizes.block(),
            query,
            0,
            width,
            Q);
      }
      if (dq.isPresent()) {
        tiles.add(
            queryGrad,
            0,
            width,
            Q,
            width,
            scoreGrad,
            0,
            sizes.block(),
            1,
            key,
            at,
            width,
            sizes.block());
      }
    }
  }
}
