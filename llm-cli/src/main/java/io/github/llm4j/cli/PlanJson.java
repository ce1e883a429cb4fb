package io.github.llm4j.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.runtime.plan.Work;
import io.github.llm4j.trainers.planning.Alternative;
import io.github.llm4j.trainers.planning.ProcessMemory;
import io.github.llm4j.trainers.planning.RunPlan;

/** A plan as programs read it; bytes and operations as whole numbers. */
final class PlanJson {
  private final PlanReport report;

  PlanJson(PlanReport report) {
    this.report = report;
  }

  String text() {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    RunPlan plan = report.plan();
    root.put("name", plan.name());
    root.put("backend", report.backend());
    root.put("precision", plan.precision().name().toLowerCase(java.util.Locale.ROOT));
    root.put("parameters", plan.learned());
    root.put("constants", plan.constants());
    root.put("vocab-size", plan.vocabSize());
    root.put("d-model", plan.dModel());
    root.put("context-length", plan.contextLength());
    root.put("rows", plan.rows());
    root.put("micro-rows", plan.microRows());
    plan.steps().ifPresent(steps -> root.put("steps", steps));
    work(root.putObject("forward-flop-per-token"), plan.forward());
    work(root.putObject("step-flop"), plan.step());
    memory(root.putObject("memory"));
    ArrayNode others = root.putArray("alternatives");
    for (Alternative other : report.alternatives()) {
      ObjectNode node = others.addObject();
      other.overrides().forEach(node.putArray("overrides")::add);
      node.put("run-bytes", other.plan().bytes());
      node.put("process-bytes", other.plan().neededBytes());
      node.put("step-flop", Math.round(other.plan().step().total()));
      node.put("fits", other.fits());
    }
    report
        .probe()
        .ifPresent(
            probe -> {
              ObjectNode time = root.putObject("time");
              time.put("steps", probe.steps());
              time.put("step-seconds", probe.stepSeconds());
              time.put("fastest-seconds", probe.fastest());
              time.put("slowest-seconds", probe.slowest());
              time.put("tokens-per-second", probe.tokensPerSecond());
              time.put("share-of-ceiling", probe.share());
              probe.peakBytes().ifPresent(peak -> time.put("process-peak-bytes", peak));
            });
    return root.toPrettyString() + "\n";
  }

  private void memory(ObjectNode memory) {
    RunPlan plan = report.plan();
    ArrayNode causes = memory.putArray("causes");
    plan.causes().forEach(c -> causes.addObject().put("name", c.name()).put("bytes", c.bytes()));
    memory.put("run-bytes", plan.bytes());
    memory.put("constant-bytes", ProcessMemory.CONSTANT);
    memory.put("process-bytes", plan.neededBytes());
    memory.put("token-file-bytes-at-most", plan.mappedBytes());
    memory.put("limit-bytes", report.limit());
    memory.put("fits", report.fits());
    memory.put("fullest", plan.fullest());
    ObjectNode generation = memory.putObject("generation");
    generation.put("model-bytes", report.modelBytes());
    generation.put("kv-cache-bytes", report.generation().cacheBytes());
    generation.put("arena-bytes", report.generation().arenaBytes());
    generation.put("input-output-bytes", report.generation().ownBytes());
    generation.put("bytes", report.generationBytes());
  }

  private static void work(ObjectNode node, Work work) {
    node.put("all", Math.round(work.total()));
    node.put("products", Math.round(work.products()));
    node.put("attention", Math.round(work.attention()));
  }
}
