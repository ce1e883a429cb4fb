package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.model.Parameters;
import io.github.llm4j.runtime.model.StateTensor;
import io.github.llm4j.runtime.plan.ArenaUse;
import io.github.llm4j.runtime.plan.Ceiling;
import io.github.llm4j.runtime.plan.CountedBackend;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.runtime.plan.PlanEntry;
import io.github.llm4j.runtime.plan.Work;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.data.TrainingData;
import io.github.llm4j.trainers.loop.EvaluationStep;
import io.github.llm4j.trainers.loop.TrainStep;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.run.EmaSettings;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.RunSettings;
import io.github.llm4j.trainers.run.TrainerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Records the steps of a run on memory that is only counted, so that what the run will take is
 * known to the byte before any of it is taken.
 *
 * <p>Threading: one thread.
 */
public final class RunPlanner implements AutoCloseable {
  private final ConfigSource source;
  private final Registry registry;
  private final Workplace workplace;
  private final int vocabSize;
  private final ToLongFunction<Model> samples;

  private RunPlanner(
      ConfigSource source,
      Registry registry,
      Workplace workplace,
      int vocabSize,
      ToLongFunction<Model> samples) {
    this.source = source;
    this.registry = registry;
    this.workplace = workplace;
    this.vocabSize = vocabSize;
    this.samples = samples;
  }

  /**
   * A planner of one config and what can be set over it. The tokenizer is made, since the model
   * needs its size: one that learns does so now, and the run finds it.
   *
   * @param source the config
   * @param registry components that it can name: those of {@link Pretraining#registry}
   * @param runs folder of all runs, where tokenizers that have learned are kept
   * @param samples bytes that the texts which a model writes at evaluations need besides its steps
   * @throws io.github.llm4j.api.error.ConfigException if anything is wrong: lists all of it
   */
  public static RunPlanner open(
      ConfigSource source, Registry registry, Path runs, ToLongFunction<Model> samples) {
    RunSettings settings = Pretraining.bind(source, registry).settings();
    Tokenizer tokenizer = RunTokenizer.of(settings, runs);
    OptionalInt threads = settings.threads().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    Workplace workplace = Workplace.open(registry, settings.backend(), threads);
    return new RunPlanner(source, registry, workplace, tokenizer.vocabSize(), samples);
  }

  /** What computes, and why. */
  public String backend() {
    return workplace.choice();
  }

  /** The model without values: other steps can be recorded with it, as of generation. */
  public Model model() {
    return planned(settings(List.of()), new CountedBackend(workplace.backend()));
  }

  /**
   * Runs steps of the config to see how long they take. Takes the memory that the plan says.
   *
   * @param plan the config's plan
   * @param seconds how long, at least two steps
   */
  public ProbeReport probe(RunPlan plan, double seconds) {
    return new Probe(settings(List.of()), plan, workplace.backend())
        .run(plan, workplace.backend(), seconds);
  }

  @Override
  public void close() {
    workplace.close();
  }

  private RunSettings settings(List<String> overrides) {
    return Pretraining.bind(source.withOverrides(overrides), registry).settings();
  }

  /**
   * The plan of the config with this set over it.
   *
   * @param overrides {@code key=value}
   * @throws io.github.llm4j.api.error.ConfigException if that is no config
   */
  public RunPlan plan(List<String> overrides) {
    RunSettings settings = settings(overrides);
    TrainerSettings trainer = settings.trainer();
    CountedBackend counted = new CountedBackend(workplace.backend());
    Model model = planned(settings, counted);
    int rows = trainer.batch().rows(model.contextLength());
    int micro = trainer.batch().microRows(model.contextLength());
    Optimizer optimizer = trainer.optimizer().create(new OptimizerContext());
    PlanArena arena = new PlanArena(counted);
    LanguageModeling objective = new LanguageModeling();
    TrainStep step =
        new TrainStep(
            model,
            objective,
            optimizer,
            trainer.clipNorm(),
            trainer.ema().map(EmaSettings::decay),
            micro,
            arena);
    List<Plan> plans = new ArrayList<>(step.plans(rows / micro));
    Work work = step.work(rows / micro);
    Plan evaluation = new EvaluationStep(model, objective, micro, arena).plan();
    if (settings.data().validation().isPresent()) {
      plans.add(evaluation);
    }
    double tokens = (double) micro * model.contextLength();
    List<Cause> causes = parameters(model, step);
    causes.addAll(steps(plans));
    if (settings.data().validation().isPresent() && trainer.samples().tokens() > 0) {
      long bytes = samples.applyAsLong(planned(settings, new CountedBackend(workplace.backend())));
      if (bytes > 0) {
        causes.add(new Cause("samples", bytes, "keys and values of texts written at evaluations"));
      }
    }
    causes.add(
        new Cause(
            "speed test",
            Ceiling.bytes(counted, trainer.precision().compute()),
            "square products that a step's speed is compared with"));
    return new RunPlan(
        settings.name(),
        trainer.precision(),
        vocabSize,
        model.dModel(),
        model.contextLength(),
        rows,
        micro,
        trainer.knownSteps(),
        model.parameters().count(),
        model.parameters().constants().stream().mapToLong(RunPlanner::elements).sum(),
        evaluation.work().times(1 / tokens),
        work,
        causes,
        TrainingData.mostBytes(settings.data(), vocabSize),
        fullest(plans));
  }

  /** The model of a config, without values. */
  private Model planned(RunSettings settings, CountedBackend counted) {
    ModelOptions options = ModelOptions.of(settings.seed(), settings.trainer().precision());
    return Model.planned(settings.model(), vocabSize, options, counted);
  }

  private static long elements(Parameter parameter) {
    return parameter.shape().elements();
  }

  private static List<Cause> parameters(Model model, TrainStep step) {
    Parameters parameters = model.parameters();
    Precision precision = model.options().precision();
    long flat = parameters.arenaSpec().bytes();
    List<Cause> causes = new ArrayList<>();
    causes.add(new Cause("weights", flat, "masters in " + name(precision.stream())));
    long tables =
        parameters.constants().stream().mapToLong(p -> precision.stream().bytes(elements(p))).sum();
    if (tables > 0) {
      causes.add(new Cause("tables", tables, "computed from settings, not learned"));
    }
    parameters
        .copy()
        .ifPresent(
            copy ->
                causes.add(
                    new Cause(
                        name(precision.compute()) + " copy",
                        copy.byteSize(),
                        "of the weights, for products")));
    causes.add(new Cause("gradients", flat, "in " + name(precision.stream())));
    Map<String, StateTensor> states = new TreeMap<>(step.memory());
    states.remove("masters");
    StateTensor average = states.remove("average");
    if (average != null) {
      causes.add(new Cause("average", average.spec().bytes(), "of the weights of the last steps"));
    }
    if (!states.isEmpty()) {
      causes.add(
          new Cause(
              "optimizer state",
              states.values().stream().mapToLong(s -> s.spec().bytes()).sum(),
              states(states.keySet())));
    }
    return causes;
  }

  /** Names of an optimizer's states: all, or how many there are. */
  private static String states(Collection<String> names) {
    return names.size() <= 4
        ? names.stream()
            .map(n -> n.substring(n.indexOf('.') + 1))
            .collect(Collectors.joining(" and "))
        : names.size() + " tensors";
  }

  private static String name(Enum<?> type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** One arena as large as the largest plan needs, and inputs and outputs of each plan. */
  private static List<Cause> steps(List<Plan> plans) {
    ArenaUse use = largest(plans).arenaUse();
    List<Cause> causes = new ArrayList<>();
    causes.add(
        new Cause("activations", use.values(), "and their gradients, at the fullest launch"));
    causes.add(new Cause("workspace", use.workspace(), "scratch memory of that launch"));
    causes.add(new Cause("gaps", use.gaps(), "between them"));
    causes.add(
        new Cause(
            "inputs, outputs",
            plans.stream().mapToLong(Plan::ownBytes).sum(),
            "of " + plans.size() + " plans"));
    return causes;
  }

  private static Plan largest(List<Plan> plans) {
    return plans.stream().max(Comparator.comparingLong(Plan::arenaBytes)).orElseThrow();
  }

  private static String fullest(List<Plan> plans) {
    Plan plan = largest(plans);
    PlanEntry entry = plan.entries().get(plan.arenaUse().launch());
    return Optional.of(entry.path()).filter(p -> !p.isEmpty()).map(p -> p + ", ").orElse("")
        + entry.op().name();
  }
}
