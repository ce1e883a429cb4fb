import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or rewrites the format of all Java files below the project's root: {@code check} or {@code
 * write}.
 *
 * <p>Runs as a program of its own on the JDK that compiles the project, because a formatter inside
 * Maven would parse with Maven's older Java. A stamp in {@code target} lets a second run look at
 * changed files only.
 */
public final class Format {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    Instant start = Instant.now();
    Path stamp = ROOT.resolve("target/format.stamp");
    Instant last = Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toInstant() : Instant.MIN;
    List<Path> different = new ArrayList<>();
    for (Path file : javaFiles()) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(last)) {
        continue;
      }
      String source = Files.readString(file);
      String formatted = format(file, source);
      if (!formatted.equals(source)) {
        different.add(ROOT.relativize(file));
        if (write) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (write) {
      System.out.println("format: " + different.size() + " files rewritten");
    } else if (!different.isEmpty()) {
      different.forEach(file -> System.err.println("format: " + file));
      System.err.println(
          different.size()
              + " files are not in google-java-format. Rewrite them: mvn -q -N -Pformat verify");
      System.exit(1);
    }
    Files.createDirectories(stamp.getParent());
    Files.write(stamp, new byte[0]);
    Files.setLastModifiedTime(stamp, FileTime.from(start));
  }

  private static String format(Path file, String source) {
    try {
      String imports =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
      return new Formatter().formatSource(imports);
    } catch (Exception e) {
      throw new IllegalStateException(ROOT.relativize(file) + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> javaFiles() throws Exception {
    try (Stream<Path> top = Files.list(ROOT)) {
      List<Path> files = new ArrayList<>();
      for (Path folder : top.filter(Files::isDirectory).toList()) {
        String name = folder.getFileName().toString();
        if (name.equals("target") || name.startsWith(".")) {
          continue;
        }
        try (Stream<Path> all = Files.walk(folder)) {
          all.filter(f -> f.toString().endsWith(".java"))
              .filter(f -> !f.toString().contains("/target/"))
              .forEach(files::add);
        }
      }
      return files;
    }
  }
}
