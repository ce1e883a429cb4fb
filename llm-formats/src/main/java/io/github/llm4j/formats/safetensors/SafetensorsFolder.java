package io.github.llm4j.formats.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.github.llm4j.formats.FormatException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tensors of a model's folder, mapped into memory: {@code model.safetensors}, or the files that
 * {@code model.safetensors.index.json} lists.
 *
 * <p>The index and the files must agree: each tensor in one file, each file there and in this
 * folder, nothing in a file that the index doesn't know.
 *
 * <p>Threading: reading is safe from any thread until {@link #close}.
 */
public final class SafetensorsFolder implements AutoCloseable {
  /** The single file. */
  public static final String FILE = "model.safetensors";

  /** The list of files. */
  public static final String INDEX = "model.safetensors.index.json";

  private static final int MAX_INDEX_BYTES = 100_000_000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
  private final Map<String, SafetensorsFile> files = new TreeMap<>();

  private SafetensorsFolder() {}

  /** Whether a folder has weights in this format. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE)) || Files.exists(folder.resolve(INDEX));
  }

  /**
   * Maps a folder's files and checks them; the single file goes before an index.
   *
   * @throws FormatException if a file is no valid safetensors file, or index and files disagree
   * @throws IOException if one can't be read
   */
  @SuppressWarnings("MustBeClosedChecker") // the folder closes its files
  public static SafetensorsFolder open(Path folder) throws IOException {
    SafetensorsFolder opened = new SafetensorsFolder();
    try {
      if (Files.exists(folder.resolve(FILE))) {
        SafetensorsFile single = SafetensorsFile.open(folder.resolve(FILE));
        opened.shards.put(FILE, single);
        single.tensors().keySet().forEach(name -> opened.files.put(name, single));
      } else {
        opened.openShards(folder, index(folder.resolve(INDEX)));
      }
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // the folder closes its files
  private void openShards(Path folder, Map<String, String> index) throws IOException {
    for (String shard : new TreeSet<>(index.values())) {
      Path file = folder.resolve(shard);
      if (!Files.exists(file)) {
        throw new FormatException(
            folder.resolve(INDEX) + ": expected the file " + shard + " beside it, found none.");
      }
      SafetensorsFile opened = SafetensorsFile.open(file);
      shards.put(shard, opened);
      for (String name : opened.tensors().keySet()) {
        if (!shard.equals(index.get(name))) {
          throw new FormatException(
              "%s: expected the tensors that %s lists for it, found '%s' too."
                  .formatted(file, INDEX, Header.shown(name)));
        }
        files.put(name, opened);
      }
    }
    Set<String> missing = new TreeSet<>(index.keySet());
    missing.removeAll(files.keySet());
    if (!missing.isEmpty()) {
      String first = missing.iterator().next();
      throw new FormatException(
          "%s: expected '%s' in %s, found none (%d missing in all)."
              .formatted(
                  folder.resolve(INDEX), Header.shown(first), index.get(first), missing.size()));
    }
  }

  /** The index's weight_map: files by tensors. */
  private static Map<String, String> index(Path file) throws IOException {
    if (Files.size(file) > MAX_INDEX_BYTES) {
      throw wrong(file, "at most " + MAX_INDEX_BYTES + " bytes", Files.size(file));
    }
    Map<String, String> map = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(Files.readString(file))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw wrong(file, "an object", json.currentToken());
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (!key.equals("weight_map")) {
          json.skipChildren();
        } else if (value == JsonToken.START_OBJECT) {
          readMap(file, json, map);
        } else {
          throw wrong(file, "an object as weight_map", value);
        }
      }
      if (json.nextToken() != null) {
        throw wrong(file, "nothing behind the object", json.currentToken());
      }
    } catch (StreamReadException e) {
      throw new FormatException(file + ": expected JSON, found " + e.getOriginalMessage() + ".", e);
    } catch (CharacterCodingException e) {
      throw new FormatException(file + ": expected a text in UTF-8, found other bytes.", e);
    }
    if (map.isEmpty()) {
      throw wrong(file, "a weight_map with tensors", "none");
    }
    return map;
  }

  private static void readMap(Path file, JsonParser json, Map<String, String> map)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      String shard = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : "";
      if (!shard.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
        throw wrong(
            file,
            "the name of a file beside it for '" + Header.shown(name) + "'",
            Header.shown(shard));
      }
      map.put(name, shard);
    }
  }

  private static FormatException wrong(
      Path file, String expected, @org.jspecify.annotations.Nullable Object found) {
    return new FormatException(file + ": expected " + expected + ", found " + found + ".");
  }

  /** All tensors' names in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(files.keySet());
  }

  /** The file that holds a tensor. */
  public SafetensorsFile file(String name) throws FormatException {
    SafetensorsFile file = files.get(name);
    if (file == null) {
      throw new FormatException("tensor '" + name + "': expected one of the folder's, found none.");
    }
    return file;
  }

  /** Type, shape and place of a tensor. */
  public TensorEntry tensor(String name) throws FormatException {
    return file(name).tensor(name);
  }

  /** Unmaps all files. */
  @Override
  public void close() {
    shards.values().forEach(SafetensorsFile::close);
  }
}
