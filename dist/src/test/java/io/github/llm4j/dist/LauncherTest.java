package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that starts everything, run with a JDK that only prints its arguments. */
class LauncherTest {
  private static final Path SOURCES = Path.of("src/main/sh");
  private static final String MAIN = "io.github.llm4j.cli.Main";

  @TempDir Path temporary;
  private Path home;
  private Path jdk;
  private Path cache;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
    home = Files.createDirectories(temporary.resolve("a folder with blanks/llm4j"));
    cache = temporary.resolve("cache folder");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.copy(SOURCES.resolve("llm"), home.resolve("bin/llm"));
    Files.copy(SOURCES.resolve("jdk.sh"), home.resolve("lib/jdk.sh"));
    Files.createFile(home.resolve("lib/b.jar"));
    Files.createFile(home.resolve("lib/a.jar"));
    jdk = jdk("jdk 25", "25.0.3");
  }

  @Test
  void wordsAndClassPathArriveUnchanged() throws Exception {
    Result result = llm(Map.of(), "describe", "two words", "-D", "a = \"b\"", "");
    assertEquals(0, result.code, result.text);
    Path lib = home.toRealPath().resolve("lib");
    List<String> lines = result.lines();
    int main = lines.indexOf(MAIN);
    assertEquals(lib.resolve("a.jar") + ":" + lib.resolve("b.jar"), lines.get(main - 1));
    assertEquals(
        List.of("describe", "two words", "-D", "a = \"b\"", ""),
        lines.subList(main + 1, lines.size()));
  }

  @Test
  void aLinkOnThePathFindsTheInstallation() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("llm"), home.resolve("bin/llm"));
    Result result = run(link, Map.of(), "--version");
    assertEquals(0, result.code, result.text);
    assertTrue(result.lines().contains("-Dllm4j.home=" + home.toRealPath()), result.text);
  }

  @Test
  void eachKindOfCommandHasItsFlags() throws Exception {
    String vector = "--add-modules=jdk.incubator.vector";
    List<String> talk = llm(Map.of(), "describe", "layer").lines();
    assertTrue(talk.contains("-XX:TieredStopAtLevel=1"), talk::toString);
    assertFalse(talk.contains(vector), talk::toString);
    List<String> compute =
        llm(Map.of(), "--debug", "--plugins", "tokenizer", "train", "a.conf").lines();
    assertTrue(compute.contains(vector), compute::toString);
    assertTrue(compute.contains("--enable-native-access=ALL-UNNAMED"), compute::toString);
    assertFalse(compute.contains("-XX:TieredStopAtLevel=1"), compute::toString);
    List<String> data = llm(Map.of(), "tokenizer", "train").lines();
    assertTrue(data.contains("-XX:MaxRAMPercentage=50"), data::toString);
  }

  @Test
  void theUsersFlagsComeAfterOurs() throws Exception {
    List<String> lines = llm(Map.of("LLM_JAVA_OPTS", "-Xmx8g -ea"), "train").lines();
    assertTrue(lines.indexOf("-Xmx8g") > lines.indexOf("-Xmx1g"), lines::toString);
    assertTrue(lines.contains("-ea"), lines::toString);
  }

  @Test
  void theStartUpCacheIsMadeOnceAndFollowsTheJars() throws Exception {
    String first = cacheOf(llm(Map.of(), "--help"));
    assertTrue(Files.exists(Path.of(first)), first);
    assertEquals(first, cacheOf(llm(Map.of(), "--help")));
    Files.writeString(home.resolve("lib/a.jar"), "another version");
    assertFalse(first.equals(cacheOf(llm(Map.of(), "--help"))));
    assertTrue(
        llm(Map.of("LLM_AOT", "off"), "--help").lines().stream()
            .noneMatch(line -> line.startsWith("-XX:AOT")));
  }

  @Test
  void aCacheThatCannotBeWrittenIsLeftOut() throws Exception {
    Files.createFile(cache);
    Result result = llm(Map.of(), "--help");
    assertEquals(0, result.code, result.text);
    assertTrue(result.lines().stream().noneMatch(line -> line.startsWith("-XX:AOT")), result.text);
    assertEquals("", result.errors);
  }

  @Test
  void namesOfFilesAreReadInUtf8WhateverTheLocale() throws Exception {
    for (String locale : List.of("C", "POSIX", "", "tr_TR.ISO8859-9")) {
      Result result = llm(Map.of("LC_ALL", locale, "LANG", locale), "--version");
      assertTrue(result.lines().contains("locale C.UTF-8"), locale + ": " + result.text);
    }
    for (String locale : List.of("tr_TR.UTF-8", "de_DE.utf8")) {
      Result installed = llm(Map.of("LC_ALL", locale, "PATH", locales("UTF-8")), "--version");
      assertTrue(installed.lines().contains("locale " + locale), installed.text);
      Result other = llm(Map.of("LC_ALL", locale, "PATH", locales("ANSI_X3.4-1968")), "--version");
      assertTrue(other.lines().contains("locale C.UTF-8"), other.text);
      Result unknown = llm(Map.of("LC_ALL", locale, "PATH", locales("")), "--version");
      assertTrue(unknown.lines().contains("locale C.UTF-8"), unknown.text);
    }
  }

  /** A path on which the system says that a locale is of this encoding. */
  private String locales(String encoding) throws IOException {
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    Path locale = Files.writeString(bin.resolve("locale"), "#!/bin/sh\necho " + encoding + "\n");
    executable(locale);
    return bin + ":" + System.getenv("PATH");
  }

  @Test
  void aNamedJdkThatIsTooOldIsAnError() throws Exception {
    Path old = jdk("jdk 17", "17.0.15");
    Result result = llm(Map.of("LLM_JAVA_HOME", old.toString()), "--help");
    assertEquals(3, result.code);
    assertEquals(
        "llm: LLM_JAVA_HOME: expected the folder of a JDK 25 or newer, found '"
            + old
            + "'. Point it at one, or unset it.\n",
        result.errors);
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    Path runtime = home.resolve("runtime");
    Files.createDirectories(runtime.resolve("bin"));
    Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"26\"\n");
    Files.copy(jdk.resolve("bin/java"), runtime.resolve("bin/java"));
    executable(runtime.resolve("bin/java"));
    Path old = jdk("jdk 17", "17.0.15");
    Result result =
        llm(Map.of("LLM_JAVA_HOME", "", "JAVA_HOME", old.toString()), "describe", "layer");
    assertEquals(0, result.code, result.text);
    assertTrue(result.lines().contains("java of " + runtime.toRealPath()), result.text);
  }

  @Test
  void withoutAnyJdkOneSentenceSaysWhatToInstall() throws Exception {
    String script = ". '" + home.resolve("lib/jdk.sh") + "'; jdk_fits() { return 1; }; find_jdk /";
    Result result = start(new ProcessBuilder("/bin/sh", "-c", script), Map.of("LLM_JAVA_HOME", ""));
    assertEquals(3, result.code);
    assertTrue(result.errors.startsWith("llm: needs a JDK 25 or newer"), result.errors);
    assertEquals(1, result.errors.lines().count(), result.errors);
  }

  private static String cacheOf(Result result) {
    return result.lines().stream()
        .filter(line -> line.startsWith("-XX:AOTCache="))
        .map(line -> line.substring("-XX:AOTCache=".length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.text));
  }

  private Path jdk(String name, String version) throws IOException {
    Path folder = temporary.resolve(name);
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = folder.resolve("bin/java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "java of ${0%/bin/java}"
        echo "locale ${LC_ALL:-}"
        for word in "$@"; do
          case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;; esac
          printf '%s\\n' "$word"
        done
        """);
    executable(java);
    return folder;
  }

  private static void executable(Path file) {
    assertTrue(file.toFile().setExecutable(true));
  }

  private Result llm(Map<String, String> environment, String... words) throws Exception {
    return run(home.resolve("bin/llm"), environment, words);
  }

  private Result run(Path script, Map<String, String> environment, String... words)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
    builder.command().addAll(List.of(words));
    return start(builder, environment);
  }

  private Result start(ProcessBuilder builder, Map<String, String> environment) throws Exception {
    Map<String, String> all = builder.environment();
    all.keySet().removeIf(key -> key.startsWith("LLM_") || key.equals("JAVA_HOME"));
    all.put("LLM_JAVA_HOME", jdk.toString());
    all.put("LLM_CACHE", cache.toString());
    all.put("HOME", temporary.toString());
    all.putAll(environment);
    Path out = Files.createTempFile(temporary, "out", "");
    Path errors = Files.createTempFile(temporary, "err", "");
    int code =
        builder.redirectOutput(out.toFile()).redirectError(errors.toFile()).start().waitFor();
    return new Result(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }

  private record Result(int code, String text, String errors) {
    List<String> lines() {
      return text.lines().toList();
    }
  }
}
