package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them, in powers of 1024. */
final class ByteSizes {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)([kmgt])");

  private ByteSizes() {}

  /** As {@code 26.0 MiB} or {@code 1.42 GiB}. */
  static String text(long bytes) {
    double mebi = (double) bytes / (1 << 20);
    if (mebi >= 1024) {
      return String.format(Locale.ROOT, "%,.2f GiB", mebi / 1024);
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", (double) bytes / (1 << 10))
        : String.format(Locale.ROOT, "%.1f MiB", mebi);
  }

  /** Reads {@code 8g}, {@code 1.5G}, {@code 800m}. */
  static long parse(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new LlmException(
          ErrorKind.USER,
          "--memory: a number with k, m, g or t behind it expected, as 8g, found '%s'. Mend it."
              .formatted(text));
    }
    int power = "kmgt".indexOf(matcher.group(2)) + 1;
    return (long) (Double.parseDouble(matcher.group(1)) * Math.pow(1024, power));
  }
}
