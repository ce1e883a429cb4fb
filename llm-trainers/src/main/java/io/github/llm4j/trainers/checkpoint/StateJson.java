package io.github.llm4j.trainers.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.trainers.loop.LoopState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A trainer's numbers as JSON. */
final class StateJson {
  private static final JsonMapper JSON = new JsonMapper();

  private StateJson() {}

  static void write(Path file, TrainerState state) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", TrainerState.FORMAT);
    root.put("version", state.version());
    root.put("seed", state.seed());
    root.put("data", state.data());
    root.put("precision", state.precision());
    root.put("threads", state.threads());
    root.put("backend", state.backend());
    LoopState loop = state.loop();
    ObjectNode at = root.putObject("loop");
    at.put("step", loop.step());
    at.put("targets", loop.targets());
    put(at, "loss", loop.loss());
    at.put("evaluated", loop.evaluated());
    put(at, "validation-loss", loop.validationLoss());
    put(at, "best", loop.best());
    at.put("best-step", loop.bestStep());
    at.put("worse", loop.worse());
    at.put("seconds", loop.seconds());
    state.parameters().forEach(root.putArray("parameters")::add);
    SafeFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it can't be read, or is of another format
   */
  static TrainerState read(Path file) throws IOException {
    JsonNode root = JSON.readTree(file.toFile());
    int format = root.path("format").asInt(-1);
    if (format != TrainerState.FORMAT) {
      throw new OtherFormatException(
          "%s: format %d expected, found %s; it was written by version %s."
              .formatted(
                  file,
                  TrainerState.FORMAT,
                  root.path("format"),
                  root.path("version").asText("?")));
    }
    JsonNode at = root.required("loop");
    LoopState loop =
        new LoopState(
            at.required("step").asLong(),
            at.required("targets").asLong(),
            optional(at, "loss"),
            at.required("evaluated").asLong(),
            optional(at, "validation-loss"),
            optional(at, "best"),
            at.required("best-step").asLong(),
            at.required("worse").asInt(),
            at.required("seconds").asDouble());
    List<String> parameters = new ArrayList<>();
    root.required("parameters").forEach(p -> parameters.add(p.asText()));
    return new TrainerState(
        root.required("version").asText(),
        root.required("seed").asLong(),
        loop,
        root.required("data").asText(),
        root.required("precision").asText(),
        root.required("threads").asInt(),
        root.required("backend").asText(),
        parameters);
  }

  private static void put(ObjectNode node, String key, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(key, value.getAsDouble());
    }
  }

  private static OptionalDouble optional(JsonNode node, String key) {
    return node.has(key) ? OptionalDouble.of(node.get(key).asDouble()) : OptionalDouble.empty();
  }

  /** A state that this version can't read, and that isn't damaged. */
  static final class OtherFormatException extends IOException {
    private static final long serialVersionUID = 1;

    OtherFormatException(String message) {
      super(message);
    }
  }
}
