package io.github.llm4j.trainers.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.file.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is made of, beside what was measured in it: the {@code run.json} of its folder.
 *
 * @param format of this file
 * @param name name of the run
 * @param config every value that is set, in the order of the config
 * @param data what it learns from
 * @param plan what it takes
 * @param sessions each time that it was begun or gone on with
 */
public record RunRecord(
    int format, String name, List<Setting> config, Data data, Plan plan, List<Session> sessions) {
  /** Name of the file in a run's folder. */
  public static final String FILE = "run.json";

  /** Number of the format that this version writes and reads. */
  public static final int FORMAT = 1;

  /** How this package writes JSON. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Copies the lists. */
  public RunRecord {
    config = List.copyOf(config);
    sessions = List.copyOf(sessions);
    if (sessions.isEmpty()) {
      throw new IllegalArgumentException("sessions: at least one expected, found none");
    }
  }

  /**
   * A value of the config.
   *
   * @param path dotted
   * @param value as HOCON
   * @param origin as {@code train.conf:14}, or {@code default}
   */
  public record Setting(String path, String value, String origin) {}

  /**
   * What a run learns from.
   *
   * @param identity what tells the ids to learn from from all others
   * @param vocabSize ids of the tokenizer (V)
   * @param trainTokens ids to learn from
   * @param validationTokens ids of the set that counts; 0 if there is none
   * @param texts the files
   */
  public record Data(
      String identity, int vocabSize, long trainTokens, long validationTokens, List<Text> texts) {

    /** Copies the list. */
    public Data {
      texts = List.copyOf(texts);
    }
  }

  /**
   * A file of text.
   *
   * @param key config key that names it
   * @param path where it lay
   * @param tokens its ids
   * @param checksum hash of its bytes and of the tokenizer
   */
  public record Text(String key, String path, long tokens, String checksum) {}

  /**
   * What a run takes.
   *
   * @param steps optimizer steps
   * @param tokensPerStep targets of a step
   * @param parameters learned elements
   * @param bytes memory by cause
   * @param flopsPerStep floating-point operations of a step's products
   */
  public record Plan(
      long steps,
      long tokensPerStep,
      long parameters,
      Map<String, Long> bytes,
      double flopsPerStep) {

    /** Copies the map, in its order. */
    public Plan {
      bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
    }
  }

  /**
   * One process that worked on a run.
   *
   * @param started when, as {@code 2025-11-25T12:50:38Z}
   * @param fromStep steps that were done before
   * @param code what ran
   * @param machine where
   * @param end how it ended; null while it runs, and for one that was killed
   */
  public record Session(
      String started, long fromStep, Code code, Machine machine, @Nullable End end) {}

  /**
   * What ran.
   *
   * @param version of llm4j
   * @param java the virtual machine
   * @param components jars that bring components
   */
  public record Code(String version, String java, List<Component> components) {

    /** Copies the list. */
    public Code {
      components = List.copyOf(components);
    }
  }

  /**
   * A jar that brings components.
   *
   * @param module its name, as {@code llm-layers}
   * @param version its version
   * @param checksum SHA-256 of the jar; "none" for classes in a folder
   */
  public record Component(String module, String version, String checksum) {}

  /**
   * Where a run computes.
   *
   * @param system operating system and architecture
   * @param processor name of the processor
   * @param processors how many the process may use
   * @param memoryBytes memory of the machine or container
   * @param backend which backend computes, and why
   * @param description device, kernels, libraries
   * @param threads threads that compute
   * @param ceiling floating-point operations a second of products at best, as measured
   */
  public record Machine(
      String system,
      String processor,
      int processors,
      long memoryBytes,
      String backend,
      String description,
      int threads,
      double ceiling) {}

  /**
   * How a session ended.
   *
   * @param at when
   * @param how complete, early, interrupted or failed
   * @param step steps done
   * @param seconds of training, all sessions together
   */
  public record End(String at, String how, long step, double seconds) {}

  /** The session that began last. */
  public Session lastSession() {
    return sessions.get(sessions.size() - 1);
  }

  /** The same with one more session. */
  public RunRecord with(Session session) {
    List<Session> all = new ArrayList<>(sessions);
    all.add(session);
    return new RunRecord(format, name, config, data, plan, all);
  }

  /** The same, with its last session ended. */
  public RunRecord ended(End end) {
    List<Session> all = new ArrayList<>(sessions);
    Session last = all.remove(all.size() - 1);
    all.add(new Session(last.started, last.fromStep, last.code, last.machine, end));
    return new RunRecord(format, name, config, data, plan, all);
  }

  /** Records and lists of this kind as JSON: kebab-case, a key a line. */
  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Whether a folder is a run's. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /**
   * Reads the record of a run's folder.
   *
   * @throws LlmException if there is none, it is damaged, or of another format
   */
  public static RunRecord read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!isIn(folder)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the folder of a run expected, found %s. Name a folder that 'llm train' made."
              .formatted(folder, Files.exists(folder) ? "no run.json in it" : "nothing"));
    }
    try {
      JsonNode root = JSON.readTree(file.toFile());
      if (root.path("format").asInt(-1) != FORMAT) {
        throw new LlmException(
            ErrorKind.USER,
            "%s: format %d expected, found %s. Take the version of llm4j that wrote it."
                .formatted(file, FORMAT, root.path("format")));
      }
      return JSON.treeToValue(root, RunRecord.class);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the record of a run expected, found %s. Restore the file."
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  /**
   * Writes the record into a run's folder.
   *
   * @throws IOException if it can't be written; an older one stays
   */
  public void write(Path folder) throws IOException {
    SafeFiles.write(folder.resolve(FILE), json(this) + "\n");
  }
}
