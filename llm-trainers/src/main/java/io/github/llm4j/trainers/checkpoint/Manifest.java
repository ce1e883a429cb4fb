package io.github.llm4j.trainers.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.runtime.file.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a folder with their sizes and SHA-256, in {@code manifest.json}: written last, so
 * that a folder with a manifest that fits is whole.
 */
final class Manifest {
  static final String NAME = "manifest.json";
  private static final JsonMapper JSON = new JsonMapper();

  private Manifest() {}

  /** Lists what is in a folder. */
  static void write(Path folder) throws IOException {
    ObjectNode files = JSON.createObjectNode();
    for (String name : names(folder)) {
      Path file = folder.resolve(name);
      files.putObject(name).put("bytes", Files.size(file)).put("sha256", sha256(file));
    }
    ObjectNode root = JSON.createObjectNode();
    root.set("files", files);
    SafeFiles.write(
        folder.resolve(NAME),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  /** What is wrong with a folder, if anything is. */
  static Optional<String> damage(Path folder) {
    return damage(folder, name -> true);
  }

  /** What is wrong with those files of a folder that a condition on their names picks. */
  static Optional<String> damage(Path folder, Predicate<String> names) {
    Path manifest = folder.resolve(NAME);
    try {
      JsonNode files = JSON.readTree(manifest.toFile()).path("files");
      if (!files.isObject() || files.isEmpty()) {
        return Optional.of(NAME + " lists no files");
      }
      for (Map.Entry<String, JsonNode> entry : files.properties()) {
        if (names.test(entry.getKey())) {
          Optional<String> damage = damage(folder.resolve(entry.getKey()), entry);
          if (damage.isPresent()) {
            return damage;
          }
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(NAME + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return Optional.of(
          Files.exists(manifest) ? NAME + " can't be read: " + e : "it has no " + NAME);
    }
  }

  private static Optional<String> damage(Path file, Map.Entry<String, JsonNode> entry)
      throws IOException {
    String name = entry.getKey();
    if (!Files.isRegularFile(file)) {
      return Optional.of(name + " is missing");
    }
    long bytes = entry.getValue().path("bytes").asLong(-1);
    if (Files.size(file) != bytes) {
      return Optional.of("%s has %d bytes of %d".formatted(name, Files.size(file), bytes));
    }
    return sha256(file).equals(entry.getValue().path("sha256").asText())
        ? Optional.empty()
        : Optional.of(name + " has another checksum than when it was written");
  }

  /** Paths of all files in a folder but the manifest, with slashes, sorted. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      TreeSet<String> names = new TreeSet<>();
      walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.equals(NAME))
          .forEach(names::add);
      return List.copyOf(names);
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
