package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import java.util.List;

/**
 * {@code Sequence}: normalizers one after another.
 *
 * @param steps in their order
 */
record Sequence(List<Step> steps) implements Step {
  static final String TYPE = "Sequence";
  private static final String STEPS = "normalizers";

  Sequence {
    steps = List.copyOf(steps);
  }

  static Sequence of(JsonPart part) {
    JsonPart list = part.get(STEPS);
    if (!list.isPresent()) {
      throw list.wrong("a list");
    }
    return new Sequence(list.items().stream().map(Normalizers::step).toList());
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    Stage stage = next;
    for (Step step : steps.reversed()) {
      stage = step.open(aligned, stage);
    }
    return stage;
  }

  /** Every step must meet the two characters as they were written. */
  @Override
  public boolean parts(int before, int after) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (!step.parts(before, after)
          || (i + 1 < steps.size() && (!step.keeps(before) || !step.keeps(after)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean keeps(int c) {
    return steps.stream().allMatch(step -> step.keeps(c));
  }

  @Override
  public void write(ObjectNode json) {
    ArrayNode list = json.put("type", TYPE).putArray(STEPS);
    steps.forEach(step -> step.write(list.addObject()));
  }
}
