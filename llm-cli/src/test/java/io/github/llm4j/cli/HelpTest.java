package io.github.llm4j.cli;

import static io.github.llm4j.cli.Llms.assertGolden;
import static io.github.llm4j.cli.Llms.llm;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class HelpTest {

  @Test
  void helpOfAllCommands() throws IOException {
    Llms.Result all = llm("--help");
    assertEquals(0, all.code());
    if (System.getProperty("golden.write") != null) {
      Files.writeString(Path.of("src/main/resources/io/github/llm4j/cli/help.txt"), all.out());
    } else {
      assertEquals(ReadyHelp.of("--help").orElseThrow(), all.out());
      assertEquals(Optional.empty(), ReadyHelp.of("train", "--help"));
    }
    List<String> names =
        ServiceLoader.load(LlmCommand.class).stream()
            .map(p -> p.type().getAnnotation(picocli.CommandLine.Command.class).name())
            .toList();
    for (String name : names) {
      Llms.Result one = llm(name, "--help");
      assertEquals(0, one.code(), name);
      assertGolden("help-" + name + ".txt", one.out());
    }
  }

  @Test
  void misspeltCommandsAndOptionsSayWhatWasMeant() throws IOException {
    Llms.Result command = llm("backend");
    assertEquals(2, command.code());
    assertGolden("unknown-command.txt", command.err());
    Llms.Result option = llm("backends", "--json5");
    assertEquals(2, option.code());
    assertGolden("unknown-option.txt", option.err());
    Llms.Result none = llm();
    assertEquals(2, none.code());
    assertGolden("no-command.txt", none.err());
  }
}
