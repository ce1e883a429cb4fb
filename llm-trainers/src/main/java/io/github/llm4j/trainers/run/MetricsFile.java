package io.github.llm4j.trainers.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.trainers.data.ValidationText;
import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.TrainingListener;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes reports as JSON objects, one a line, each at once. */
final class MetricsFile implements TrainingListener, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path path;
  private final FileOutputStream out;

  /**
   * Goes on behind a step.
   *
   * @param step lines of later steps, which will be taken again, are removed; 0 for a new file
   */
  MetricsFile(Path path, long step) {
    this.path = path;
    try {
      cut(path, step);
      this.out = new FileOutputStream(path.toFile(), true);
    } catch (IOException e) {
      throw RunFolder.refused(path, e);
    }
  }

  private static void cut(Path path, long step) throws IOException {
    List<String> kept =
        step > 0 && Files.exists(path)
            ? lines(path).stream().filter(line -> stepOf(line) <= step).toList()
            : List.of();
    SafeFiles.write(path, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
  }

  /** How {@link #values} names what was measured behind a step, before the key. */
  static String step(long step) {
    return "step %d: ".formatted(step);
  }

  /**
   * What was measured behind {@code from} up to {@code to}, times left out: losses, norms and
   * learning rates by {@code step 10: loss}, as written.
   */
  static Map<String, String> values(Path path, long from, long to) {
    Map<String, String> values = new TreeMap<>();
    try {
      for (String line : lines(path)) {
        long step = stepOf(line);
        if (step <= from || step > to) {
          continue;
        }
        JsonNode json = JSON.readTree(line);
        String set = json.path("set").asText(ValidationText.MAIN);
        for (String key : List.of("loss", "lr", "gradient-norm", "validation-loss")) {
          if (json.path(key).isNumber()) {
            String name = key.equals("validation-loss") ? key + " of " + set : key;
            values.put(step(step) + name, Double.toString(json.get(key).asDouble()));
          }
        }
      }
      return values;
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the metrics of a run expected, found %s. Take a whole run.".formatted(path, e),
          e);
    }
  }

  /** Lines, of which a kill may have cut the last within a character. */
  private static List<String> lines(Path path) throws IOException {
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
  }

  /** The step of a line; beyond all steps for one that was cut off. */
  private static long stepOf(String line) {
    try {
      return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE);
    } catch (JsonProcessingException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void step(StepReport report) {
    ObjectNode line = JSON.createObjectNode().put("step", report.step());
    put(line, "loss", report.loss());
    put(line, "lr", report.lr());
    put(line, "gradient-norm", report.norm());
    put(line, "tokens-per-second", rounded(report.tokensPerSecond(), 10));
    report.share().ifPresent(share -> put(line, "share-of-ceiling", rounded(share, 1000)));
    write(line, report.tokens(), report.elapsed());
  }

  @Override
  public void evaluated(EvaluationReport report) {
    ObjectNode line = JSON.createObjectNode().put("step", report.step());
    line.put("set", report.set());
    put(line, "validation-loss", report.loss());
    line.put("validation-targets", report.targets());
    line.put("best", report.best());
    write(line, report.tokens(), report.elapsed());
  }

  /** A text that the model wrote. */
  void sampled(SampleReport sample) {
    ObjectNode line = JSON.createObjectNode().put("step", sample.step());
    line.put("prompt", sample.prompt()).put("sample", sample.text());
    write(line, sample.tokens(), sample.elapsed());
  }

  private static double rounded(double value, double parts) {
    return Double.isFinite(value) ? (double) Math.round(value * parts) / parts : value;
  }

  /** JSON has no word for what isn't finite: null. */
  private static void put(ObjectNode line, String key, double value) {
    if (Double.isFinite(value)) {
      line.put(key, value);
    } else {
      line.putNull(key);
    }
  }

  private void write(ObjectNode line, long tokens, double elapsed) {
    line.put("tokens", tokens).put("elapsed", rounded(elapsed, 1000));
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw RunFolder.refused(path, e);
    }
  }

  /** Makes what was written last through a power cut. */
  void force() {
    try {
      out.getFD().sync();
    } catch (IOException e) {
      throw RunFolder.refused(path, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw RunFolder.refused(path, e);
    }
  }
}
