package io.github.llm4j.trainers.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What differs between two runs.
 *
 * @param sections config, data, code, plugins, machine and metrics, in this order; only the last
 *     has figures that are the same too
 */
public record RunDifference(List<Section> sections) {
  private static final String NOTHING = "nothing";

  /** Copies the list. */
  public RunDifference {
    sections = List.copyOf(sections);
  }

  /**
   * What is of one kind.
   *
   * @param name its kind
   * @param items what differs
   */
  public record Section(String name, List<Item> items) {

    /** Copies the list. */
    public Section {
      items = List.copyOf(items);
    }
  }

  /**
   * One value in both runs.
   *
   * @param what its dotted path or name
   * @param a in the first
   * @param b in the second
   */
  public record Item(String what, Side a, Side b) {}

  /**
   * A value.
   *
   * @param value as text; "nothing" where there is none
   * @param origin where it was set, as {@code train.conf:14}; empty for what isn't of a config
   */
  public record Side(String value, String origin) {}

  /**
   * Compares two runs by their folders.
   *
   * @throws io.github.llm4j.api.error.LlmException if one is no run's
   */
  public static RunDifference between(Path a, Path b) {
    return between(
        RunRecord.read(a),
        Metrics.read(a.resolve(Metrics.FILE)),
        RunRecord.read(b),
        Metrics.read(b.resolve(Metrics.FILE)));
  }

  static RunDifference between(RunRecord a, Metrics ofA, RunRecord b, Metrics ofB) {
    List<Section> sections = new ArrayList<>();
    sections.add(section("config", config(a), config(b)));
    sections.add(section("data", data(a.data()), data(b.data())));
    RunRecord.Code codeA = a.lastSession().code();
    RunRecord.Code codeB = b.lastSession().code();
    sections.add(section("code", code(codeA), code(codeB)));
    sections.add(section("plugins", components(codeA), components(codeB)));
    RunRecord.Machine machineA = a.lastSession().machine();
    RunRecord.Machine machineB = b.lastSession().machine();
    sections.add(section("machine", machine(machineA), machine(machineB)));
    sections.add(new Section("metrics", all(figures(ofA), figures(ofB))));
    return new RunDifference(sections);
  }

  private static Section section(String name, Map<String, Side> a, Map<String, Side> b) {
    return new Section(
        name, all(a, b).stream().filter(i -> !i.a().value().equals(i.b().value())).toList());
  }

  private static List<Item> all(Map<String, Side> a, Map<String, Side> b) {
    Set<String> names = new LinkedHashSet<>(a.keySet());
    names.addAll(b.keySet());
    Side none = new Side(NOTHING, "");
    return names.stream()
        .map(n -> new Item(n, a.getOrDefault(n, none), b.getOrDefault(n, none)))
        .toList();
  }

  /** Without the name, which tells two runs of one config apart. */
  private static Map<String, Side> config(RunRecord run) {
    Map<String, Side> values = new LinkedHashMap<>();
    for (RunRecord.Setting setting : run.config()) {
      if (!setting.path().equals("name") && !setting.value().equals("null")) {
        values.put(setting.path(), new Side(setting.value(), setting.origin()));
      }
    }
    return values;
  }

  private static Map<String, Side> data(RunRecord.Data data) {
    Map<String, Side> values = new LinkedHashMap<>();
    put(values, "tokens to learn from", data.trainTokens());
    put(values, "tokens to measure with", data.validationTokens());
    put(values, "vocabulary", data.vocabSize());
    for (RunRecord.Text text : data.texts()) {
      put(values, text.key() + " checksum", text.checksum().substring(0, 12));
    }
    put(values, "identity", data.identity());
    return values;
  }

  private static Map<String, Side> code(RunRecord.Code code) {
    Map<String, Side> values = new LinkedHashMap<>();
    put(values, "llm4j", code.version());
    put(values, "Java", code.java());
    return values;
  }

  private static Map<String, Side> components(RunRecord.Code code) {
    Map<String, Side> values = new LinkedHashMap<>();
    for (RunRecord.Component component : code.components()) {
      String sum = component.checksum();
      put(
          values,
          component.module(),
          component.version() + (sum.length() > 12 ? " " + sum.substring(0, 12) : ""));
    }
    return values;
  }

  private static Map<String, Side> machine(RunRecord.Machine machine) {
    Map<String, Side> values = new LinkedHashMap<>();
    put(values, "processor", machine.processor());
    put(values, "processors", machine.processors());
    put(values, "threads", machine.threads());
    put(values, "system", machine.system());
    put(values, "backend", machine.description());
    return values;
  }

  private static Map<String, Side> figures(Metrics metrics) {
    Map<String, Side> values = new LinkedHashMap<>();
    put(values, "step", figure(metrics.last(), s -> String.valueOf(s.at().step())));
    put(values, "last training loss", figure(metrics.last(), s -> number("%.4f", s.loss())));
    put(
        values,
        "best validation loss",
        figure(metrics.best(), e -> number("%.4f", e.loss()) + " at step " + e.at().step()));
    List<Metrics.Evaluation> main = metrics.main();
    put(
        values,
        "last validation loss",
        main.isEmpty() ? NOTHING : number("%.4f", main.get(main.size() - 1).loss()));
    put(values, "tokens a second", number("%.0f", metrics.tokensPerSecond()));
    return values;
  }

  private static <T> String figure(Optional<T> from, Function<T, String> text) {
    return from.map(text).orElse(NOTHING);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, format, value);
  }

  private static void put(Map<String, Side> values, String name, Object value) {
    values.put(name, new Side(Objects.toString(value), ""));
  }

  /** As JSON. */
  public String json() {
    return RunRecord.json(this);
  }
}
