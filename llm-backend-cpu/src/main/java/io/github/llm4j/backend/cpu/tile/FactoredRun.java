package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import java.util.Arrays;

/** One launch of Adafactor whose second moment is a row and a column. */
final class FactoredRun extends AdafactorRun {
  private final Operand second;
  private final float[] means; // of the squares, row by row
  private final float[] rowFactors;
  private final float[][] columnFactors; // by matrix
  private final float[][] sums; // of the squares, column by column, by part

  FactoredRun(AdafactorKernel kernel, Bindings bindings) {
    super(kernel, bindings, AdafactorRows.of(kernel.in().get(0).shape()));
    second = Operand.in(loops, bindings, kernel.in(), 2);
    means = new float[rows.matrices() * rows.height()];
    rowFactors = new float[means.length];
    int padded = loops.padded(rows.width());
    columnFactors = new float[rows.matrices()][padded];
    sums = new float[rows.parts()][padded];
  }

  @Override
  void moment(int part, int row, Scratch s, int n) {
    if (row == rows.from(part)) {
      Arrays.fill(sums[part], 0);
    }
    means[row] = loops.sum(s.v, loops.padded(n), s.spare) / n;
    loops.addScaled(sums[part], 1, s.v, loops.padded(n));
  }

  @Override
  void momentsDone() {
    for (int matrix = 0; matrix < rows.matrices(); matrix++) {
      int from = matrix * rows.height();
      double sum = 0;
      for (int r = from; r < from + rows.height(); r++) {
        rowFactors[r] = average(first, r, means[r]);
        sum += rowFactors[r];
      }
      float mean = (float) (sum / rows.height());
      for (int r = from; r < from + rows.height(); r++) {
        rowFactors[r] = 1 / (float) Math.sqrt(rowFactors[r] / mean);
      }
      columns(matrix);
    }
  }

  private void columns(int matrix) {
    float[] factors = columnFactors[matrix];
    Arrays.fill(factors, 0);
    for (int part = matrix * rows.split(); part < (matrix + 1) * rows.split(); part++) {
      loops.addScaled(factors, 1, sums[part], factors.length);
    }
    for (int c = 0; c < rows.width(); c++) {
      float fresh = average(second, (long) matrix * rows.width() + c, factors[c] / rows.height());
      factors[c] = 1 / (float) Math.sqrt(fresh);
    }
  }

  private float average(Operand state, long at, float squares) {
    float share = share();
    float fresh = state.number(at) * (1 - share) + (squares + (float) op.eps1()) * share;
    state.number(at, fresh);
    return fresh;
  }

  @Override
  void divide(int row, Scratch s, int n, float by) {
    times(s.u, columnFactors[row / rows.height()], by * rowFactors[row], n);
  }

  private static void times(float[] u, float[] factors, float by, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = u[i] * by * factors[i];
    }
  }
}
