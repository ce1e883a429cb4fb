package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./llm} in a source tree, with a Maven that only counts and a JDK that only prints. */
class SourceLauncherTest {
  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void sources() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
    root = Files.createDirectories(temporary.resolve("a source tree"));
    Path scripts = Files.createDirectories(root.resolve("dist/src/main/sh"));
    for (String script : new String[] {"llm", "jdk.sh"}) {
      Files.copy(Path.of("src/main/sh").resolve(script), scripts.resolve(script));
    }
    Files.copy(Path.of("../llm"), root.resolve("llm"));
    for (String file :
        new String[] {
          "pom.xml",
          "parent/pom.xml",
          "dist/pom.xml",
          "LICENSE",
          "NOTICE",
          "llm-a/pom.xml",
          "llm-a/src/main/java/A.java"
        }) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.createFile(root.resolve(file));
    }
    script(
        "bin/mvn",
        """
        echo "$@" >>"$BUILDS"
        made=dist/target/llm4j-1/llm4j-1
        mkdir -p $made/bin $made/lib
        cp dist/src/main/sh/llm $made/bin/llm
        chmod +x $made/bin/llm
        cp dist/src/main/sh/jdk.sh $made/lib/jdk.sh
        """);
    script("jdk/bin/java", "echo started");
    Files.writeString(temporary.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
  }

  private void script(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertTrue(file.toFile().setExecutable(true));
  }

  @Test
  void buildsWhenASourceIsNewerAndNeverElse() throws Exception {
    assertEquals(1, builds());
    assertEquals(1, builds(), "a second call builds nothing");
    Path source = root.resolve("llm-a/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertEquals(2, builds(), "a source was changed");
  }

  /** Calls it, and says how often Maven has run so far. */
  private long builds() throws Exception {
    Path log = temporary.resolve("builds.txt");
    Command.Result result =
        new Command(temporary, "/bin/sh", root.resolve("llm").toString(), "describe")
            .setting("PATH", temporary.resolve("bin") + ":" + System.getenv("PATH"))
            .setting("BUILDS", log.toString())
            .setting("LLM_JAVA_HOME", temporary.resolve("jdk").toString())
            .setting("LLM_AOT", "off")
            .run()
            .ok();
    assertEquals("started\n", result.out());
    return Files.readAllLines(log).size();
  }
}
