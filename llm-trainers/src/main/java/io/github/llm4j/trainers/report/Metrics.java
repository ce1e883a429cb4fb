package io.github.llm4j.trainers.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was measured in a run: its {@code metrics.jsonl}, a JSON object a line. Numbers that weren't
 * finite are NaN.
 *
 * @param steps steps that were reported, in order
 * @param evaluations one for each set that was measured
 * @param samples texts that the model wrote
 * @param cut whether the last line was cut off in writing, and left out
 */
public record Metrics(
    List<Step> steps, List<Evaluation> evaluations, List<Sample> samples, boolean cut) {
  /** Name of the file in a run's folder. */
  public static final String FILE = "metrics.jsonl";

  private static final JsonMapper JSON = new JsonMapper();

  /** Copies the lists. */
  public Metrics {
    steps = List.copyOf(steps);
    evaluations = List.copyOf(evaluations);
    samples = List.copyOf(samples);
  }

  /**
   * When something was measured.
   *
   * @param step steps done
   * @param tokens targets learned from so far
   * @param elapsed seconds of training so far
   */
  public record Place(long step, long tokens, double elapsed) {}

  /**
   * A step.
   *
   * @param at when
   * @param loss mean loss of the step's targets, in nats
   * @param lr learning rate
   * @param norm norm of the gradient before clipping
   * @param tokensPerSecond targets a second
   * @param share of the machine's ceiling, from 0 to 1; NaN if it isn't known
   */
  public record Step(
      Place at, double loss, double lr, double norm, double tokensPerSecond, double share) {}

  /**
   * An evaluation.
   *
   * @param at when
   * @param set what it was measured with
   * @param loss mean loss of all targets of the set, in nats
   * @param targets how many those are
   * @param best whether it was the best of the run so far, of the set that counts
   */
  public record Evaluation(Place at, String set, double loss, long targets, boolean best) {}

  /**
   * A text that the model wrote.
   *
   * @param at when
   * @param prompt what it began with
   * @param text what it wrote behind that
   */
  public record Sample(Place at, String prompt, String text) {}

  /**
   * Reads a file; there is nothing in one that doesn't exist.
   *
   * @throws LlmException if a line other than the last can't be read: names it
   */
  public static Metrics read(Path file) {
    List<byte[]> lines = lines(file);
    List<Step> steps = new ArrayList<>();
    List<Evaluation> evaluations = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    boolean cut = false;
    for (int i = 0; i < lines.size(); i++) {
      Optional<JsonNode> line = object(lines.get(i));
      if (line.isPresent()) {
        add(line.get(), steps, evaluations, samples);
      } else if (i == lines.size() - 1) {
        cut = true;
      } else {
        throw damaged(file + ":" + (i + 1), new String(lines.get(i), StandardCharsets.UTF_8));
      }
    }
    return new Metrics(steps, evaluations, samples, cut);
  }

  private static void add(
      JsonNode line, List<Step> steps, List<Evaluation> evaluations, List<Sample> samples) {
    Place at =
        new Place(
            line.path("step").asLong(), line.path("tokens").asLong(), number(line, "elapsed"));
    if (line.has("sample")) {
      samples.add(new Sample(at, line.path("prompt").asText(), line.path("sample").asText()));
    } else if (line.has("validation-loss")) {
      evaluations.add(
          new Evaluation(
              at,
              line.path("set").asText(),
              number(line, "validation-loss"),
              line.path("validation-targets").asLong(),
              line.path("best").asBoolean()));
    } else if (line.has("loss")) {
      steps.add(
          new Step(
              at,
              number(line, "loss"),
              number(line, "lr"),
              number(line, "gradient-norm"),
              number(line, "tokens-per-second"),
              number(line, "share-of-ceiling")));
    }
  }

  private static double number(JsonNode line, String key) {
    return line.path(key).asDouble(Double.NaN);
  }

  /** Bytes, because a line may be cut within a character. */
  private static List<byte[]> lines(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "%s: a file that can be read expected, found %s. Check its rights.".formatted(file, e),
          e);
    }
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
    }
    return lines;
  }

  private static Optional<JsonNode> object(byte[] line) {
    try {
      return Optional.of(JSON.readTree(line)).filter(node -> node.path("step").isIntegralNumber());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static LlmException damaged(String where, String found) {
    String start = found.length() > 80 ? found.substring(0, 80) + "…" : found;
    return new LlmException(
        ErrorKind.USER,
        "%s: a JSON object with a step expected, found '%s'. Take the line out, or restore the file."
            .formatted(where, start));
  }

  /** The last step that was reported. */
  public Optional<Step> last() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  /** The best evaluation of the set that counts, which is the first. */
  public Optional<Evaluation> best() {
    return main().stream()
        .filter(e -> !Double.isNaN(e.loss()))
        .min(Comparator.comparingDouble(Evaluation::loss));
  }

  /** The evaluations of the set that counts, in order. */
  public List<Evaluation> main() {
    return evaluations.stream().filter(e -> e.set().equals(evaluations.get(0).set())).toList();
  }

  /** The median of the speeds that were reported, in targets a second; NaN if there are none. */
  public double tokensPerSecond() {
    return median(Step::tokensPerSecond);
  }

  /** The median share of the machine's ceiling, from 0 to 1; NaN if it isn't known. */
  public double share() {
    return median(Step::share);
  }

  private double median(ToDoubleFunction<Step> value) {
    double[] sorted = steps.stream().mapToDouble(value).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
