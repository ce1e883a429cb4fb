package io.github.llm4j.tokenizers.template;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Times as C's strftime writes them, in English. */
final class TimeFormat {
  private TimeFormat() {}

  static String format(Run run, LocalDateTime time, String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char flag = format.charAt(++i);
      boolean flagged = "-_0^".indexOf(flag) >= 0 && i + 1 < format.length();
      char field = flagged ? format.charAt(++i) : flag;
      String text = field(time, field);
      if (text.isEmpty() && "zZ".indexOf(field) < 0) {
        throw new Fault("a field of strftime expected, found %%%s.".formatted(field));
      }
      out.append(flagged ? flagged(flag, text) : text);
      run.fits(out.length());
    }
    run.room(out.length());
    return out.toString();
  }

  private static String flagged(char flag, String text) {
    String bare = text.replaceFirst("^[0 ]+(?=\\d)", "");
    return switch (flag) {
      case '-' -> bare;
      case '_' -> " ".repeat(text.length() - bare.length()) + bare;
      case '^' -> text.toUpperCase(Locale.ROOT);
      default -> "0".repeat(text.length() - bare.length()) + bare;
    };
  }

  private static String field(LocalDateTime time, char field) {
    int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    DayOfWeek day = time.getDayOfWeek();
    int yearDay = time.getDayOfYear();
    return switch (field) {
      case 'a' -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> "%2d".formatted(time.getDayOfMonth());
      case 'm' -> two(time.getMonthValue());
      case 'y' -> two(time.getYear() % 100);
      case 'Y' -> Integer.toString(time.getYear());
      case 'C' -> two(time.getYear() / 100);
      case 'H' -> two(time.getHour());
      case 'k' -> "%2d".formatted(time.getHour());
      case 'I' -> two(hour);
      case 'l' -> "%2d".formatted(hour);
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'f' -> "%06d".formatted(time.getNano() / 1000);
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 'j' -> "%03d".formatted(yearDay);
      case 'w' -> Integer.toString(day.getValue() % 7);
      case 'u' -> Integer.toString(day.getValue());
      case 'U' -> two((yearDay + 6 - day.getValue() % 7) / 7);
      case 'W' -> two((yearDay + 6 - (day.getValue() - 1)) / 7);
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'D', 'x' -> parts(time, "m/d/y");
      case 'F' -> parts(time, "Y-m-d");
      case 'T', 'X' -> parts(time, "H:M:S");
      case 'R' -> parts(time, "H:M");
      case 'r' -> parts(time, "I:M:S p");
      case 'c' -> parts(time, "a b e T Y");
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> "";
    };
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  private static String parts(LocalDateTime time, String fields) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < fields.length(); i++) {
      char c = fields.charAt(i);
      out.append(Character.isLetter(c) ? field(time, c) : String.valueOf(c));
    }
    return out.toString();
  }
}
