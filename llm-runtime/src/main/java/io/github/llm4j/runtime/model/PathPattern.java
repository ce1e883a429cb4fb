package io.github.llm4j.runtime.model;

import java.util.regex.Pattern;

/**
 * Patterns over parameter and layer paths: {@code *} stands for one name, {@code **} for any number
 * of them.
 */
public final class PathPattern {
  private final Pattern regex;

  private PathPattern(Pattern regex) {
    this.regex = regex;
  }

  /** A pattern such as {@code **.attention.*}. */
  public static PathPattern of(String pattern) {
    StringBuilder regex = new StringBuilder();
    String[] names = pattern.split("\\.");
    for (int i = 0; i < names.length; i++) {
      boolean last = i == names.length - 1;
      if (names[i].equals("**")) {
        regex.append(last ? ".*" : "(?:[^.]+\\.)*");
      } else {
        for (String part : names[i].splitWithDelimiters("\\*", 0)) {
          regex.append(part.equals("*") ? "[^.]*" : Pattern.quote(part));
        }
        regex.append(last ? "" : "\\.");
      }
    }
    return new PathPattern(Pattern.compile(regex.toString()));
  }

  /** Whether the whole path fits. */
  public boolean matches(String path) {
    return regex.matcher(path).matches();
  }
}
