package io.github.llm4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells under headings, each column as wide as its widest cell. */
final class Columns {
  private final List<String> headings;
  private final List<Boolean> numbers;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param headings of the columns; one that begins with {@code >} has numbers under it, which are
   *     flush right
   */
  Columns(String... headings) {
    this.numbers = List.of(headings).stream().map(h -> h.startsWith(">")).toList();
    this.headings = List.of(headings).stream().map(h -> h.replaceFirst("^>", "")).toList();
  }

  Columns row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Columns that the table takes on a terminal. */
  int width() {
    int width = 0;
    for (int c = 0; c < headings.size(); c++) {
      width += width(c) + (c > 0 ? 2 : 0);
    }
    return width;
  }

  private int width(int column) {
    int width = headings.get(column).length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }

  void print(PrintWriter out) {
    print(out, headings);
    rows.forEach(row -> print(out, row));
  }

  private void print(PrintWriter out, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      String blank = " ".repeat(width(c) - row.get(c).length());
      line.append(c > 0 ? "  " : "");
      line.append(numbers.get(c) ? blank + row.get(c) : row.get(c) + blank);
    }
    out.println(line.toString().stripTrailing());
  }
}
