package io.github.llm4j.runtime.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one module of a checkpoint is called here.
 *
 * @param module its name in the checkpoint, with {@code <i>} for numbers
 * @param parts our modules, several if the checkpoint has them fused along axis 0
 * @param transpose whether its matrices lie [in, out]
 */
record TensorRule(String module, List<String> parts, boolean transpose) {
  private static final Pattern NUMBER = Pattern.compile("<([a-z])>");

  /** The numbers with which a name is this pattern's, if it is. */
  static Optional<Map<String, String>> match(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    List<String> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(pattern);
    int at = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(pattern.substring(at, matcher.start()))).append("(0|[1-9]\\d*)");
      numbers.add(matcher.group(1));
      at = matcher.end();
    }
    regex.append(Pattern.quote(pattern.substring(at)));
    Matcher found = Pattern.compile(regex.toString()).matcher(name);
    if (!found.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>();
    for (int k = 0; k < numbers.size(); k++) {
      values.put(numbers.get(k), found.group(k + 1));
    }
    return Optional.of(values);
  }

  /** A pattern with its numbers put in. */
  static String fill(String pattern, Map<String, String> numbers) {
    String name = pattern;
    for (Map.Entry<String, String> number : numbers.entrySet()) {
      name = name.replace("<" + number.getKey() + ">", number.getValue());
    }
    return name;
  }
}
