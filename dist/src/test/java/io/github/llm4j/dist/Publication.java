package io.github.llm4j.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The published modules as a Maven repository in a folder, as packaged by this build, and projects
 * that know this repository alone for them. Others' jars come from the build's own local
 * repository.
 */
final class Publication {
  private static final String GROUP = "io/github/llm4j";
  private static final String BOM = "llm-bom";
  private static final Path SOURCES = Path.of("src/test/consumers").toAbsolutePath();

  private final Path folder;
  private final Path projects;
  private final Path cache;

  private Publication(Path folder) {
    this.folder = folder;
    this.projects = folder.resolve("projects");
    this.cache = folder.resolve("cache");
  }

  /** Whether this build has packaged the modules: 'mvn test' only compiles them. */
  static boolean packaged() {
    return classPath().stream().anyMatch(p -> p.matches(".*llm-api-[^/\\\\]*\\.jar"));
  }

  static List<String> classPath() {
    return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
  }

  /** Publishes into a folder, whose cache of others' jars is kept. */
  static Publication in(Path folder) throws Exception {
    Publication made = new Publication(folder.toAbsolutePath());
    for (String old : List.of("repository", "projects", "cache/" + GROUP, "cache/com/example")) {
      delete(made.folder.resolve(old));
    }
    for (String module : Poms.published()) {
      made.publish(module, "jar");
    }
    made.publish(BOM, "pom");
    copy(SOURCES, made.projects);
    copy(Path.of("../docs/examples/plugin-gated-mlp"), made.project("plugin-gated-mlp"));
    for (String module : Poms.published()) {
      made.consumer(module);
    }
    Files.writeString(made.folder.resolve("settings.xml"), made.settings());
    return made;
  }

  private void publish(String module, String packaging) throws Exception {
    Path source = Path.of("..", module);
    String name = module + "-" + Poms.version();
    Path target =
        Files.createDirectories(
            folder.resolve("repository").resolve(GROUP).resolve(module).resolve(Poms.version()));
    Files.copy(source.resolve(".flattened-pom.xml"), target.resolve(name + ".pom"));
    if (packaging.equals("jar")) {
      Files.copy(source.resolve("target").resolve(name + ".jar"), target.resolve(name + ".jar"));
    }
  }

  /** A project that depends on one module and takes the version from the BOM. */
  private void consumer(String module) throws IOException {
    String pom = Files.readString(SOURCES.resolve("only.xml")).replace("MODULE", module);
    Files.writeString(Files.createDirectories(project("only-" + module)).resolve("pom.xml"), pom);
    Path parent = project("pom.xml");
    Files.writeString(
        parent,
        Files.readString(parent)
            .replace("</modules>", "  <module>only-" + module + "</module>\n  </modules>"));
  }

  private String settings() {
    return """
    <settings>
      <mirrors>
        <mirror><id>others</id><mirrorOf>*,!published</mirrorOf><url>%s</url></mirror>
      </mirrors>
      <profiles><profile><id>published</id><repositories><repository>
        <id>published</id><url>%s</url>
        <snapshots><enabled>true</enabled></snapshots>
      </repository></repositories></profile></profiles>
      <activeProfiles><activeProfile>published</activeProfile></activeProfiles>
    </settings>
    """
        .formatted(
            Path.of(System.getProperty("localRepository")).toUri(),
            folder.resolve("repository").toUri());
  }

  /** Builds all projects. */
  Command.Result build() throws Exception {
    String settings = folder.resolve("settings.xml").toString();
    return new Command(
            projects,
            Path.of(System.getProperty("maven.home"), "bin", mvn()).toString(),
            "-B",
            "-ntp",
            "-Dstyle.color=never",
            "-s",
            settings,
            "-gs",
            settings,
            "-Dmaven.repo.local=" + cache,
            "-Dllm4j.version=" + Poms.version(),
            "package")
        .run();
  }

  private static String mvn() {
    return File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
  }

  /** A project, or a file of one. */
  Path project(String path) {
    return projects.resolve(path);
  }

  /** Class path of a project that wrote it down. */
  List<String> classPath(String project) throws IOException {
    Path written = project(project).resolve("target/class-path.txt");
    return Stream.concat(
            Stream.of(project(project).resolve("target/classes").toString()),
            Arrays.stream(Files.readString(written).strip().split(File.pathSeparator, -1)))
        .toList();
  }

  /** Copies a project's sources. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (Stream.of("target").noneMatch(t -> contains(relative, t))) {
          Path target = to.resolve(relative.toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private static boolean contains(Path path, String name) {
    for (Path part : path) {
      if (part.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
