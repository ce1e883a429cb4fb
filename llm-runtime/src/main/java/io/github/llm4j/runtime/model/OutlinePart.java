package io.github.llm4j.runtime.model;

import io.github.llm4j.api.parameter.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A part of a model, as layers made it: recorded while the model is built, so that a plugin's
 * layers are in it like all others.
 *
 * @param name its name in the part around it, as {@code query} or {@code blocks.3}
 * @param path its whole path; empty for the assembly
 * @param type the component's type, {@code linear} for a map with a weight, or empty for a part
 *     that the config doesn't name
 * @param origin where the config names it or the part around it, as {@code train.conf:14}
 * @param in width that goes in; 0 if it isn't known
 * @param out width that comes out; 0 if it isn't known
 * @param sizes sizes that the component's settings name, by their letters, as H for {@code heads}
 * @param parameters what the part itself holds
 * @param shared paths of parameters of other parts that it uses
 * @param children the parts in it
 */
public record OutlinePart(
    String name,
    String path,
    String type,
    String origin,
    int in,
    int out,
    Map<String, Integer> sizes,
    List<Parameter> parameters,
    List<String> shared,
    List<OutlinePart> children) {

  /** The part and all parts in it, each before those in it. */
  public Stream<OutlinePart> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(OutlinePart::all));
  }

  /** Learned elements of the part and of all in it. */
  public long learned() {
    return all()
        .flatMap(part -> part.parameters().stream())
        .filter(Parameter::learned)
        .mapToLong(p -> p.shape().elements())
        .sum();
  }
}
