package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.trainers.report.RunState;
import io.github.llm4j.trainers.run.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final List<RunSummary> RUNS =
      List.of(
          new RunSummary(
              "llama-mini-bpe",
              "runs/llama-mini-bpe",
              RunState.RUNNING,
              1200,
              30_000,
              29_012_352,
              3.25,
              1234.5,
              7261,
              "2025-11-26T08:00:10Z"),
          new RunSummary(
              "gpt-shakespeare",
              "runs/gpt-shakespeare",
              RunState.FINISHED,
              2000,
              2000,
              805_248,
              1.79031,
              18_400.0,
              111,
              "2025-11-25T12:50:38Z"),
          new RunSummary(
              "first",
              "runs/first",
              RunState.EARLY,
              5,
              100,
              960,
              null,
              null,
              0.2,
              "2025-11-24T07:01:00Z"));

  @TempDir Path folder;

  private static String printed(int width) {
    StringWriter text = new StringWriter();
    RunsCommand.print(new PrintWriter(text), RUNS, width);
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void aTableWhereItFitsElseSomeLinesARun() throws IOException {
    assertGolden("runs-wide.txt", printed(120));
    assertGolden("runs-narrow.txt", printed(60));
  }

  @Test
  void runsAreListedComparedAndReported() throws IOException {
    String runs = folder.resolve("my runs ü #1").toString();
    for (String name : List.of("one", "two")) {
      Llms.Result trained =
          llm(
              "train",
              "src/test/resources/conf/tiny.conf",
              "--runs",
              runs,
              "-D",
              "name=" + name,
              "-D",
              "trainer.optimizer.lr=" + (name.equals("one") ? "1e-3" : "2e-3"));
      assertEquals(0, trained.code(), trained.err());
      assertTrue(trained.out().contains("sample: "), trained.out());
    }
    Llms.Result listed = llm("runs", runs);
    assertEquals(0, listed.code(), listed.err());
    assertTrue(listed.out().matches("(?s).*one\\W+finished.*"), listed.out());
    Llms.Result json = llm("runs", runs, "--json");
    assertTrue(json.out().contains("\"state\" : \"finished\""), json.out());
    String one = Path.of(runs, "one").toString();
    String two = Path.of(runs, "two").toString();
    Llms.Result compared = llm("diff", one, two);
    assertEquals(0, compared.code(), compared.err());
    assertGolden(
        "diff.txt",
        compared
            .out()
            .replace(runs, "RUNS")
            .replace('\\', '/')
            .replaceAll("[0-9]+\\.[0-9]{4}", "LOSS")
            .replaceAll("(?m)(tokens a second\n    A  )\\d+(\n    B  )\\d+", "$1N$2N")
            .replaceAll("tokens a second: \\d+ in both", "tokens a second\n    A  N\n    B  N"));
    assertTrue(
        llm("diff", one, two, "--json")
            .out()
            .contains("\"origin\" : \"-D trainer.optimizer.lr=1e-3\""));
    Files.delete(Path.of(one, "report.html"));
    Llms.Result reported = llm("report", one);
    assertEquals(0, reported.code(), reported.err());
    assertTrue(Files.size(Path.of(one, "report.html")) > 20_000);
  }

  @Test
  void aFolderThatIsNoRunIsTheUsersInput() throws IOException {
    Llms.Result none = llm("runs", folder.resolve("missing").toString());
    assertEquals(2, none.code());
    assertGolden("bad-runs-missing.txt", none.err().replace(folder.toString(), "HERE"));
    assertEquals(
        "No runs in " + folder + ". 'llm train CONF' makes one.\n",
        llm("runs", folder.toString()).out());
    for (List<String> args :
        List.of(
            List.of("diff", folder.toString(), folder.toString()),
            List.of("report", folder.toString()))) {
      Llms.Result refused = llm(args.toArray(String[]::new));
      assertEquals(2, refused.code());
      assertGolden("bad-run-no-record.txt", refused.err().replace(folder.toString(), "HERE"));
    }
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/run.json"), "{\"format\":");
    Llms.Result broken = llm("runs", folder.toString());
    assertEquals(0, broken.code());
    assertTrue(broken.err().contains("run.json: the record of a run expected"), broken.err());
  }
}
