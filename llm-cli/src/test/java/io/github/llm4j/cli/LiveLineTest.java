package io.github.llm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LiveLineTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void aTerminalSeesOneLineThatIsOverwritten() {
    LiveLine line = new LiveLine(out, true, 20);
    line.show("step 1, loss 2.5");
    line.show("step 2");
    line.print("saved");
    line.show("step 3");
    line.clear();
    String shown = text.toString().replace(System.lineSeparator(), "\n");
    assertEquals("\rstep 1, loss 2.5\rstep 2          \r      \rsaved\n\rstep 3\r      \r", shown);
  }

  @Test
  void itIsCutToTheWidth() {
    LiveLine line = new LiveLine(out, true, 20);
    line.show("x".repeat(50));
    assertEquals("\r" + "x".repeat(19), text.toString());
    assertEquals(80, LiveLine.columns(null));
    assertEquals(80, LiveLine.columns("wide"));
    assertEquals(132, LiveLine.columns("132"));
  }

  @Test
  void aLogSeesLinesThatStayOnly() {
    LiveLine line = new LiveLine(out, false, 20);
    line.show("step 1");
    line.print("saved");
    line.clear();
    assertEquals("saved" + System.lineSeparator(), text.toString());
  }

  @Test
  void durationsAreSaidInTwoUnits() {
    assertEquals("0 s", Durations.text(-1));
    assertEquals("59 s", Durations.text(59.4));
    assertEquals("1 min 0 s", Durations.text(59.6));
    assertEquals("2 h 14 min", Durations.text(2 * 3600 + 14 * 60 + 59));
    assertEquals("3 d 4 h", Durations.text(76 * 3600));
  }
}
