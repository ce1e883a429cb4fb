package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code llm plan} prints; on the reference kernels, which need the same bytes on every
 * machine. They have no attention: its products are among the others there.
 */
class PlanCommandTest {
  private static final Path CONF = Path.of("src/test/resources/conf");

  @TempDir Path runs;

  private Llms.Result plan(String conf, String... more) {
    List<String> args = new ArrayList<>(List.of("plan", CONF.resolve(conf).toString()));
    args.addAll(List.of("--runs", runs.toString()));
    args.addAll(List.of("-D", "backend.type=cpu", "-D", "backend.kernels=scalar"));
    args.addAll(List.of(more));
    return llm(args.toArray(String[]::new));
  }

  @Test
  void whatFits() throws IOException {
    Llms.Result text = plan("tiny.conf", "--no-probe", "--memory", "2g");
    assertEquals(0, text.code(), text.err());
    assertGolden("plan-tiny.txt", text.out());
    Llms.Result json = plan("tiny.conf", "--no-probe", "--memory", "2g", "--json");
    assertEquals(0, json.code(), json.err());
    assertGolden("plan-tiny.json", json.out());
  }

  @Test
  void whatDoesNotFitEndsWithFourAndSaysWhatWould() throws IOException {
    String[] large = {
      "--no-probe",
      "--memory=3g",
      "-Dmodel.layers=4",
      "-Dmodel.d-model=1024",
      "-Dmodel.context-length=128",
      "-Dtrainer.batch.sequences=256"
    };
    Llms.Result text = plan("tiny.conf", large);
    assertEquals(4, text.code(), text.err());
    assertGolden("plan-large.txt", text.out());
    Llms.Result none = plan("tiny.conf", "--memory=100m", "--no-probe");
    assertEquals(4, none.code(), none.err());
    assertTrue(none.out().contains("Nothing of this fits"), none.out());
  }

  @Test
  void aProbeSaysTheTime() {
    Llms.Result text = plan("tiny.conf", "--seconds", "0.01");
    assertEquals(0, text.code(), text.err());
    assertTrue(text.out().contains("time, by "), text.out());
    Llms.Result json = plan("tiny.conf", "--seconds", "0.01", "--json");
    assertTrue(json.out().contains("\"step-seconds\""), json.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"misspelt", "wrong-values", "kv-heads"})
  void configsAreRefusedAsInTraining(String name) {
    Llms.Result planned = llm("plan", CONF.resolve(name + ".conf").toString());
    Llms.Result trained = llm("train", CONF.resolve(name + ".conf").toString());
    assertEquals(2, planned.code(), planned.err());
    assertEquals(trained.err().replace("llm train", "llm plan"), planned.err());
  }

  @Test
  void otherBadInput() throws IOException {
    Llms.Result memory = plan("tiny.conf", "--memory=much");
    assertEquals(2, memory.code());
    assertGolden("bad-plan-memory.txt", memory.err());
    Llms.Result none = llm("plan", "none.conf");
    assertEquals(2, none.code());
    assertFalse(none.err().contains("\tat "), none.err());
  }
}
