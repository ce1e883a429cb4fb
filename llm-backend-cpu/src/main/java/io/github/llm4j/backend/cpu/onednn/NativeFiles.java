package io.github.llm4j.backend.cpu.onednn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The library's files on disk: they lie in a jar on the class path and are unpacked once into the
 * user's cache folder, each under a temporary name that is renamed when it is whole.
 */
final class NativeFiles {
  private static final String VERSION = "3.13-1.5.14";

  private NativeFiles() {}

  /** Folder of the jar for this platform, as {@code linux-x86_64}. */
  static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String cpu = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system = os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : "linux";
    String processor =
        switch (cpu) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> cpu;
        };
    return system + "-" + processor;
  }

  /** Names of the OpenMP library and of oneDNN, in the order in which they are loaded. */
  static List<String> names() {
    String platform = platform();
    if (platform.startsWith("linux")) {
      return List.of("libgomp.so.1", "libdnnl.so.3");
    }
    if (platform.startsWith("macosx")) {
      String openMp = platform.endsWith("arm64") ? "libomp.dylib" : "libiomp5.dylib";
      return List.of(openMp, "libdnnl.3.dylib");
    }
    return List.of("dnnl.dll");
  }

  private static Optional<InputStream> open(String name) {
    return Optional.ofNullable(
        NativeFiles.class.getClassLoader().getResourceAsStream(resource(name)));
  }

  private static String resource(String name) {
    return "org/bytedeco/dnnl/" + platform() + "/" + name;
  }

  /** Whether a jar on the class path holds oneDNN for this platform. */
  static boolean present() {
    String name = names().get(names().size() - 1);
    return NativeFiles.class.getClassLoader().getResource(resource(name)) != null;
  }

  /** The file of a library, unpacked if it isn't yet. */
  static Path file(String name) throws IOException {
    Path folder = cache().resolve("dnnl-" + VERSION).resolve(platform());
    Path target = folder.resolve(name);
    if (Files.exists(target)) { // renamed when it was whole and on the disk
      return target;
    }
    Files.createDirectories(folder);
    Path partial = Files.createTempFile(folder, name, ".part");
    try {
      try (InputStream in =
              open(name)
                  .orElseThrow(() -> new IOException(name + " is in no jar on the class path"));
          FileChannel out = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        in.transferTo(Channels.newOutputStream(out));
        out.force(true);
      }
      return Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static Path cache() {
    String set = System.getenv("XDG_CACHE_HOME");
    Path base =
        set != null && !set.isBlank()
            ? Path.of(set)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("llm4j");
  }
}
