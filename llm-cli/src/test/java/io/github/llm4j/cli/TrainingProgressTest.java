package io.github.llm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.StepReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  private static String shown(boolean terminal) {
    StringWriter text = new StringWriter();
    TrainingProgress progress =
        new TrainingProgress(new LiveLine(new PrintWriter(text), terminal, 80));
    progress.step(
        new StepReport(
            10, 2000, 3.14159, 1e-3, 0.5, 18_400.4, 100.2, OptionalDouble.of(0.42), 7680, 1.5));
    progress.step(
        new StepReport(20, 2000, 2.5, 1e-3, 0.5, 18_400.4, 99, OptionalDouble.of(0.42), 15360, 3));
    progress.evaluated(new EvaluationReport(20, "validation", 2.25, 111_540, true, 1.6, 15360, 3));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void aLogGetsPlainLines() {
    assertEquals(
        """
        step 10 of 2000: loss 3.1416, 18400 tokens/s, 42 % of ceiling, 1 min 40 s left
        step 20 of 2000: loss 2.5000, 18400 tokens/s, 42 % of ceiling, 1 min 39 s left
        step 20: validation loss 2.2500 over 111540 tokens, the best so far, in 2 s
        """,
        shown(false));
  }

  @Test
  void aTerminalGetsOneLiveLine() {
    String steps = "step 20 of 2000: loss 2.5000, 18400 tokens/s, 42 % of ceiling, 1 min 39 s left";
    assertEquals(
        "\r"
            + steps.replace("20 of", "10 of").replace("2.5000", "3.1416").replace("39", "40")
            + "\r"
            + steps
            + "\r"
            + " ".repeat(steps.length())
            + "\rstep 20: validation loss 2.2500 over 111540 tokens, the best so far, in 2 s\n",
        shown(true));
  }
}
