package io.github.llm4j.backend.cpu.product;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A product in panels: blocks of both operands are copied into arrays in which the tiles find them
 * one after the other. An element's sum runs over k in one order, however many workers there are.
 */
final class PanelProduct implements Kernel {
  /** Below this, a second thread costs more than it brings. */
  private static final double ALONE_FLOPS = 1e6;

  /** Inner length of a panel: its block of b stays in the second-level cache. */
  private static final int DEPTH = 256;

  /** Rows of a block of a, a multiple of four. */
  private static final int ROWS = 32;

  private final Product product;
  private final Workers workers;
  private final Supplier<Tiles> tiles;

  PanelProduct(Product product, Workers workers, Supplier<Tiles> tiles) {
    this.product = product;
    this.workers = workers;
    this.tiles = tiles;
  }

  @Override
  public boolean accumulates(int index) {
    return true;
  }

  @Override
  public Launch bind(Bindings bindings) {
    int perBatch = product.flops() < ALONE_FLOPS ? 1 : workers.count();
    int blocks = (product.m() + ROWS - 1) / ROWS;
    int parts = product.batch() > 1 ? 1 : Math.min(perBatch, blocks);
    int rows = (blocks + parts - 1) / parts * ROWS;
    Scratch[] scratch = new Scratch[workers.count()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(bindings, rows);
    }
    int count = product.batch() * parts;
    Workers.Part work =
        (index, worker) -> scratch[worker].rows(index / parts, index % parts * rows, rows);
    return () -> workers.run(count, work);
  }

  /** What one worker works with. */
  private final class Scratch {
    private final Matrix a;
    private final Matrix b;
    private final Matrix y;
    private final float[] bias;
    private final Bindings bindings;
    private final boolean adds;
    private final float[] left = new float[ROWS * DEPTH];
    private final Tiles tile = tiles.get();

    /** Columns of a panel. */
    private final int panel = tile.panel();

    private final float[] right = new float[DEPTH * panel];
    private final float[] sums;

    Scratch(Bindings bindings, int rows) {
      int m = product.m();
      int n = product.n();
      int k = product.k();
      this.bindings = bindings;
      this.a = new Matrix(bindings.input(0), product.in(), m, k, product.transposeA());
      this.b = new Matrix(bindings.input(1), product.in(), k, n, product.transposeB());
      this.y = new Matrix(bindings.output(0), product.out(), m, n, false);
      this.bias = new float[product.bias() ? n : 0];
      this.adds = bindings.accumulate(0);
      this.sums = new float[rows * panel];
    }

    void rows(int batch, int from, int count) {
      int rows = Math.min(count, product.m() - from);
      if (rows <= 0) {
        return;
      }
      if (product.bias()) {
        Matrix.readRow(bindings.input(2), bias);
      }
      for (int column = 0; column < product.n(); column += panel) {
        int columns = Math.min(panel, product.n() - column);
        Arrays.fill(sums, 0);
        for (int k = 0; k < product.k(); k += DEPTH) {
          int depth = Math.min(DEPTH, product.k() - k);
          b.read(batch, k, depth, column, columns, right, panel);
          for (int row = 0; row < rows; row += ROWS) {
            int block = Math.min(ROWS, rows - row);
            a.read(batch, from + row, block, k, depth, left, DEPTH);
            tile.add(
                sums,
                row * panel,
                panel,
                (block + 3) / 4 * 4,
                (columns + tile.lanes() - 1) / tile.lanes() * tile.lanes(),
                left,
                0,
                DEPTH,
                1,
                right,
                0,
                panel,
                depth);
          }
        }
        finish(batch, from, rows, column, columns);
      }
    }

    private void finish(int batch, int from, int rows, int column, int columns) {
      if (product.bias()) {
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            sums[i * panel + j] += bias[column + j];
          }
        }
      }
      y.write(batch, from, rows, column, columns, sums, panel, adds);
    }
  }
}
