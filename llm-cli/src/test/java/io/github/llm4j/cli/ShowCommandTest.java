package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShowCommandTest {
  private static final Path CONF = Path.of("src/test/resources/conf");
  private static final List<String> LLAMA =
      List.of(
          "-Dmodel.layers=3",
          "-Dmodel.d-model=24",
          "-Dmodel.block.norm=rms-norm",
          "-Dmodel.block.attention.heads=6",
          "-Dmodel.block.attention.kv-heads=2",
          "-Dmodel.block.attention.position=rope",
          "-Dmodel.block.feed-forward.type=swiglu",
          "-Dmodel.head.tied=false");

  @TempDir Path runs;

  private Llms.Result show(String path, List<String> more) {
    List<String> args = new ArrayList<>(List.of("show", path, "--runs", runs.toString()));
    args.addAll(more);
    return llm(args.toArray(String[]::new));
  }

  @Test
  void wideAndNarrow() throws IOException {
    String conf = CONF.resolve("tiny.conf").toString();
    Llms.Result wide = show(conf, List.of("--width=120"));
    assertEquals(0, wide.code(), wide.err());
    assertGolden("show-tiny.txt", wide.out());
    assertGolden("show-tiny-narrow.txt", show(conf, List.of("--width=60")).out());
    assertGolden("show-tiny.json", show(conf, List.of("--json")).out());
  }

  @Test
  void groupedHeadsRotationsAndEqualBlocks() throws IOException {
    List<String> args = new ArrayList<>(LLAMA);
    args.add("--width=150");
    Llms.Result text = show(CONF.resolve("tiny.conf").toString(), args);
    assertEquals(0, text.code(), text.err());
    assertGolden("show-llama.txt", text.out());
  }

  @Test
  void opsUnderTheirParts() throws IOException {
    List<String> args = new ArrayList<>(LLAMA);
    args.addAll(List.of("--ops", "--width=220"));
    String conf = CONF.resolve("tiny.conf").toString();
    Llms.Result text = show(conf, args);
    assertEquals(0, text.code(), text.err());
    assertGolden("show-llama-ops.txt", text.out());
    args.add("--json");
    Llms.Result json = show(conf, args);
    int ops = json.out().split("\"op\" : ", -1).length - 1;
    long lines = text.out().lines().filter(l -> l.contains("· ")).count();
    assertEquals(3 + 15, lines); // one block of three
    assertEquals(3 + 3 * 15, ops);
    assertTrue(json.out().contains("\"op\" : \"llm4j:rope\""), json.out());
  }

  @Test
  void runsAndCheckpointsSayTheTypesOfTheirTensors() throws IOException {
    Llms.Result trained =
        llm("train", CONF.resolve("tiny.conf").toString(), "--runs", runs.toString());
    assertEquals(0, trained.code(), trained.err());
    Path run = runs.resolve("tiny");
    Llms.Result shown = show(run.toString(), List.of("--width=120"));
    assertEquals(0, shown.code(), shown.err());
    assertTrue(shown.out().contains("  f32  run.conf:"), shown.out());
    assertTrue(shown.out().startsWith("tiny: 936 parameters; "), shown.out());
    Path checkpoint;
    try (var folders = Files.list(run.resolve("checkpoints"))) {
      checkpoint = folders.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    assertEquals(shown.out(), show(checkpoint.toString(), List.of("--width=120")).out());
    Files.write(checkpoint.resolve("model.safetensors"), new byte[] {1, 2, 3});
    Llms.Result cut = show(checkpoint.toString(), List.of());
    assertEquals(2, cut.code());
    assertTrue(cut.err().contains(": weights expected, found: "), cut.err());
  }

  @Test
  void publishedModels() {
    Path up = Path.of("").toAbsolutePath();
    while (up != null && !Files.isDirectory(up.resolve("shared/data/models/stories260K"))) {
      up = up.getParent();
    }
    assumeTrue(up != null, "needs shared/data/models/stories260K in a folder above");
    String model = up + "/shared/data/models/stories260K";
    Llms.Result shown = show(model, List.of("--width=120"));
    assertEquals(0, shown.code(), shown.err());
    assertTrue(shown.out().startsWith("stories260K: 260,032 parameters; L=5 "), shown.out());
    assertTrue(shown.out().contains("  blocks.0 … 4 (5 ×)"), shown.out());
    assertTrue(shown.out().contains("      key  linear         [C=64 → K·D=32] "), shown.out());
    assertTrue(shown.out().contains("11,008    4.2 %  f32"), shown.out());
    Llms.Result set = show(model, List.of("-Dmodel.layers=1"));
    assertEquals(2, set.code(), set.out());
    assertTrue(set.err().startsWith("-D: a config or run expected"), set.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"misspelt", "wrong-values", "kv-heads"})
  void configsAreRefusedAsInTraining(String name) {
    String conf = CONF.resolve(name + ".conf").toString();
    Llms.Result shown = show(conf, List.of());
    assertEquals(2, shown.code(), shown.err());
    assertEquals(llm("train", conf).err().replace("llm train", "llm show"), shown.err());
  }

  @Test
  void whatIsNeitherConfigNorRun() throws IOException {
    Llms.Result folder = show(runs.toString(), List.of());
    assertEquals(2, folder.code());
    assertGolden("bad-show-folder.txt", folder.err().replace(runs.toString(), "RUNS"));
    assertEquals(2, show("none.conf", List.of()).code());
  }
}
