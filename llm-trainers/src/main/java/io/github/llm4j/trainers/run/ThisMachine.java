package io.github.llm4j.trainers.run;

import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.plugin.Source;
import io.github.llm4j.trainers.report.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What runs here, and on what. */
final class ThisMachine {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private ThisMachine() {}

  /** The program, its virtual machine, and the jars that components come from. */
  static RunRecord.Code code(Registry registry) {
    List<RunRecord.Component> components =
        registry.entries().stream()
            .map(e -> e.source())
            .distinct()
            .map(s -> new RunRecord.Component(s.module(), s.version(), checksum(s)))
            .sorted((a, b) -> a.module().compareTo(b.module()))
            .toList();
    String java =
        "%s (%s, %s)"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.vendor"));
    return new RunRecord.Code(version(), java, components);
  }

  /** The version of this module. */
  static String version() {
    String version = ThisMachine.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }

  /** The machine, and how a run uses it. */
  static RunRecord.Machine machine(RunFacts facts) {
    return new RunRecord.Machine(
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        facts.backend(),
        facts.backendDescription(),
        facts.threads(),
        facts.ceiling());
  }

  /** Its name where the system tells it without another process. */
  private static String processor() {
    if (Files.isReadable(CPU)) {
      try (Stream<String> lines = Files.lines(CPU)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty("os.arch"); // a name is nothing to fail for
      }
    }
    String named = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
    return named == null ? System.getProperty("os.arch") : named;
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String checksum(Source source) {
    Path jar = Path.of(source.location());
    if (!Files.isRegularFile(jar)) {
      return "none";
    }
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (IOException e) {
      throw RunFolder.refused(jar, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
