package io.github.llm4j.trainers.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.runtime.file.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run as one HTML file that opens without a network: curves, samples, config, plan, machine. Its
 * numbers lie in it as JSON; page, style and script are the resources {@code report.html}, {@code
 * report.css} and {@code report.js}.
 */
public final class Report {
  /** Name of the file in a run's folder. */
  public static final String FILE = "report.html";

  private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

  private final RunRecord record;
  private final Metrics metrics;
  private final RunState state;

  /** A report of a run. */
  public Report(RunRecord record, Metrics metrics, RunState state) {
    this.record = record;
    this.metrics = metrics;
    this.state = state;
  }

  /**
   * Writes the report of a run into its folder.
   *
   * @throws IOException if it can't be written; an older one stays
   * @throws io.github.llm4j.api.error.LlmException if the folder is no run's, or damaged
   */
  public static Path write(Path folder, RunState state) throws IOException {
    Metrics metrics = Metrics.read(folder.resolve(Metrics.FILE));
    Path file = folder.resolve(FILE);
    SafeFiles.write(file, new Report(RunRecord.read(folder), metrics, state).html());
    return file;
  }

  /** The whole page. */
  public String html() {
    Map<String, String> parts =
        Map.of(
            "title", escaped(record.name()) + " · llm4j",
            "style", resource("report.css"),
            "script", resource("report.js"),
            "data", json());
    Matcher hole = HOLE.matcher(resource(FILE));
    StringBuilder page = new StringBuilder();
    while (hole.find()) {
      hole.appendReplacement(
          page, Matcher.quoteReplacement(parts.getOrDefault(hole.group(1), hole.group())));
    }
    return hole.appendTail(page).toString();
  }

  /** The page's numbers; no text in it can end the script that holds it. */
  String json() {
    ObjectNode root = RunRecord.JSON.createObjectNode();
    root.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    root.put("written-by", record.lastSession().code().version());
    root.put("state", state.word());
    put(root, "speed", metrics.tokensPerSecond());
    put(root, "share", metrics.share());
    root.set("record", RunRecord.JSON.valueToTree(record));
    List<Metrics.Step> steps = Thinning.of(metrics.steps());
    ObjectNode curves = root.putObject("steps");
    places(curves, steps.stream().map(Metrics.Step::at).toList());
    column(curves, "loss", steps, Metrics.Step::loss);
    column(curves, "lr", steps, Metrics.Step::lr);
    column(curves, "norm", steps, Metrics.Step::norm);
    column(curves, "speed", steps, Metrics.Step::tokensPerSecond);
    sets(root.putArray("sets"));
    ArrayNode samples = root.putArray("samples");
    for (Metrics.Sample sample : metrics.samples()) {
      samples
          .addObject()
          .put("step", sample.at().step())
          .put("tokens", sample.at().tokens())
          .put("prompt", sample.prompt())
          .put("text", sample.text());
    }
    return root.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private void sets(ArrayNode target) {
    Map<String, List<Metrics.Evaluation>> sets = new LinkedHashMap<>();
    for (Metrics.Evaluation evaluation : metrics.evaluations()) {
      sets.computeIfAbsent(evaluation.set(), s -> new ArrayList<>()).add(evaluation);
    }
    sets.forEach(
        (name, evaluations) -> {
          ObjectNode set = target.addObject().put("name", name);
          places(set, evaluations.stream().map(Metrics.Evaluation::at).toList());
          column(set, "loss", evaluations, Metrics.Evaluation::loss);
        });
  }

  private static void places(ObjectNode target, List<Metrics.Place> places) {
    ArrayNode step = target.putArray("step");
    ArrayNode tokens = target.putArray("tokens");
    for (Metrics.Place place : places) {
      step.add(place.step());
      tokens.add(place.tokens());
    }
    column(target, "elapsed", places, Metrics.Place::elapsed);
  }

  private static <T> void column(
      ObjectNode target, String name, List<T> rows, ToDoubleFunction<T> value) {
    ArrayNode column = target.putArray(name);
    for (T row : rows) {
      double number = value.applyAsDouble(row);
      if (Double.isFinite(number)) {
        column.add(number);
      } else {
        column.addNull();
      }
    }
  }

  private static void put(ObjectNode target, String name, double value) {
    if (Double.isFinite(value)) {
      target.put(name, value);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside " + Report.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new IllegalStateException(name + " can't be read", e);
    }
  }
}
