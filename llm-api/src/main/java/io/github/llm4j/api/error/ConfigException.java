package io.github.llm4j.api.error;

import java.util.List;

/** What is wrong with a config: all of it at once. */
public final class ConfigException extends LlmException {
  private static final long serialVersionUID = 1;

  /** The problems, in the order of the config. */
  private final transient List<String> problems;

  /**
   * An error that lists problems.
   *
   * @param config name of the config, as {@code train.conf}
   * @param problems each {@code path (file:line): expected, found. What to do.}; further lines of
   *     one problem follow a line break
   */
  public ConfigException(String config, List<String> problems) {
    super(ErrorKind.USER, message(config, problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, in the order of the config. */
  public List<String> problems() {
    return problems;
  }

  private static String message(String config, List<String> problems) {
    StringBuilder text = new StringBuilder();
    text.append(problems.size()).append(problems.size() == 1 ? " problem" : " problems");
    text.append(" in ").append(config);
    for (int i = 0; i < problems.size(); i++) {
      String number = (i + 1) + ") ";
      text.append('\n').append(number);
      text.append(problems.get(i).replace("\n", "\n" + " ".repeat(number.length())));
    }
    return text.toString();
  }
}
