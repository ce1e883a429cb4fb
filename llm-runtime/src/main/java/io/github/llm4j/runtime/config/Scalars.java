package io.github.llm4j.runtime.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.llm4j.runtime.plugin.Names;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values without parts. The library would round 3.7 to 3, take yes for true and 1e400 for infinity;
 * here each is an error.
 */
final class Scalars {
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-z]+)");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,6})?");

  private Scalars() {}

  /** Whether values of this class have no parts. */
  static boolean knows(Class<?> type) {
    return type.isPrimitive()
        || type.isEnum()
        || type == String.class
        || type == Path.class
        || type == Duration.class
        || type == Integer.class
        || type == Long.class
        || type == Double.class
        || type == Float.class
        || type == Boolean.class;
  }

  /** The value, or what is wrong with it. */
  static Either<String, Object> read(ConfigValue value, Class<?> type, boolean percent) {
    ConfigValueType found = value.valueType();
    if (found == ConfigValueType.OBJECT
        || found == ConfigValueType.LIST
        || found == ConfigValueType.NULL) {
      return Either.left(
          "expected %s, found %s.%s"
              .formatted(
                  expected(type, percent),
                  shown(value),
                  found == ConfigValueType.NULL ? " Leave the key out for its default." : ""));
    }
    String text = text(value);
    if (type == String.class) {
      return Either.right(text);
    }
    if (type == int.class || type == Integer.class) {
      return whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Math::toIntExact);
    }
    if (type == long.class || type == Long.class) {
      return whole(text, Long.MIN_VALUE, Long.MAX_VALUE).map(n -> n);
    }
    if (type == double.class || type == Double.class) {
      return real(text, percent, Double.MAX_VALUE, Double.MIN_VALUE).map(n -> n);
    }
    if (type == float.class || type == Float.class) {
      return real(text, percent, Float.MAX_VALUE, Float.MIN_VALUE).map(Double::floatValue);
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    return constant(text, type);
  }

  private static Either<String, Long> whole(String text, long least, long most) {
    if (!NUMBER.matcher(text).matches()) {
      return Either.left("expected a whole number, found '" + text + "'." + plainNumber(text));
    }
    BigDecimal number = new BigDecimal(text);
    boolean tooLong = (long) number.precision() - number.scale() > 30;
    boolean fraction = !tooLong && number.stripTrailingZeros().scale() > 0;
    if (fraction) {
      return Either.left("expected a whole number, found " + text + ".");
    }
    if (tooLong
        || number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      return Either.left(
          "expected a whole number from %d to %d, found %s.".formatted(least, most, text));
    }
    return Either.right(number.longValue());
  }

  private static Either<String, Double> real(
      String text, boolean percent, double most, double least) {
    boolean isPercent = percent && text.endsWith("%");
    String digits = isPercent ? text.substring(0, text.length() - 1).strip() : text;
    if (!NUMBER.matcher(digits).matches()) {
      String hint = text.endsWith("%") && !percent ? " Write a fraction." : plainNumber(text);
      return Either.left(
          "expected %s, found '%s'.%s".formatted(expected(double.class, percent), text, hint));
    }
    double number = Double.parseDouble(digits) / (isPercent ? 100 : 1);
    boolean zero = digits.replaceAll("[eE].*", "").matches("[-+0.]*");
    if (Math.abs(number) > most) {
      return Either.left("expected a number up to %s, found %s.".formatted(shortest(most), text));
    }
    if (!zero && Math.abs(number) < least) {
      return Either.left(
          "expected 0 or a number from %s in size, found %s.".formatted(shortest(least), text));
    }
    return Either.right(number);
  }

  private static String shortest(double limit) {
    return (float) limit == limit ? Float.toString((float) limit) : Double.toString(limit);
  }

  /** What to write for 1_000, 64k, 1,5. */
  private static String plainNumber(String text) {
    String plain = text.replace("_", "").replace("'", "").replace(" ", "");
    if (!plain.equals(text) && NUMBER.matcher(plain).matches()) {
      return " Write " + plain + ".";
    }
    Matcher unit = Pattern.compile("([0-9]+)([kKmM])").matcher(text);
    if (unit.matches()) {
      String zeros = unit.group(2).equalsIgnoreCase("k") ? "000" : "000000";
      return " Write it out, as " + unit.group(1) + zeros + ".";
    }
    return " Write digits.";
  }

  private static Either<String, Object> truth(String text) {
    return switch (text) {
      case "true" -> Either.right(true);
      case "false" -> Either.right(false);
      case "yes", "on" -> Either.left("expected true or false, found '" + text + "'. Write true.");
      case "no", "off" -> Either.left("expected true or false, found '" + text + "'. Write false.");
      default -> Either.left("expected true or false, found '" + text + "'.");
    };
  }

  private static Either<String, Object> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      long nanos =
          switch (matcher.group(2)) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s", "second", "seconds" -> 1_000_000_000L;
            case "m", "min", "minute", "minutes" -> 60_000_000_000L;
            case "h", "hour", "hours" -> 3_600_000_000_000L;
            case "d", "day", "days" -> 86_400_000_000_000L;
            default -> 0L;
          };
      BigDecimal length = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanos));
      if (nanos > 0 && length.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
        return Either.right(Duration.ofNanos(length.longValue()));
      }
    }
    return Either.left(
        "expected a length of time, found '"
            + text
            + "'. Write a number with a unit: ns, us, ms, s, m, h or d, as 90s.");
  }

  private static Either<String, Object> path(String text) {
    try {
      return text.isEmpty()
          ? Either.left("expected a path, found an empty text.")
          : Either.right(Path.of(text));
    } catch (InvalidPathException e) {
      return Either.left("expected a path, found '" + text + "': " + e.getReason() + ".");
    }
  }

  private static Either<String, Object> constant(String text, Class<?> type) {
    Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
    for (Enum<?> constant : constants == null ? new Enum<?>[0] : constants) {
      if (Names.kebab(constant).equals(text)) {
        return Either.right(constant);
      }
    }
    return Either.left(
        "expected %s, found '%s'.%s"
            .formatted(expected(type, false), text, Names.didYouMean(text, constants(type))));
  }

  /** Names of an enum's constants as configs write them, in their order. */
  static List<String> constants(Class<?> type) {
    Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
    return constants == null
        ? List.of()
        : Arrays.stream(constants).map(c -> Names.kebab(c)).toList();
  }

  /** What a message says is expected. */
  static String expected(Class<?> type, boolean percent) {
    if (type == String.class) {
      return "a text";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a length of time";
    }
    if (type == Path.class) {
      return "a path";
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", constants(type));
    }
    return percent ? "a number or a percentage" : "a number";
  }

  /** The value as it is written. */
  static String text(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? String.valueOf(value.unwrapped())
        // getString keeps 1e400 and 10000.0 as they are written, rendering doesn't.
        : value.atKey("value").getString("value");
  }

  /** The value for a message. */
  static String shown(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "an object { … }";
      case LIST -> "a list [ … ]";
      case NULL -> "null";
      case STRING -> "'" + value.unwrapped() + "'";
      default -> text(value);
    };
  }
}
