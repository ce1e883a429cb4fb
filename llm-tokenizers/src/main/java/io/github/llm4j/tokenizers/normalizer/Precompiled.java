package io.github.llm4j.tokenizers.normalizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.formats.FormatException;
import io.github.llm4j.formats.charsmap.Charsmap;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code Precompiled}: SentencePiece's rules as the library of the format applies them, which isn't
 * as SentencePiece does. A grapheme cluster (Unicode Standard Annex 29) of fewer than 6 bytes is
 * replaced as a whole by what the shortest source of a rule that it begins with becomes; of others,
 * each character by itself.
 *
 * <p>Complexity: linear. Threading: immutable.
 */
final class Precompiled implements Step {
  static final String TYPE = "Precompiled";
  private static final String CHARSMAP = "precompiled_charsmap";
  private static final int LONGEST = 5;

  private final String base64;
  private final Charsmap rules;
  private final CharChanges changes = new CharChanges(this::change, false);

  private Precompiled(String base64, Charsmap rules) {
    this.base64 = base64;
    this.rules = rules;
  }

  static Precompiled of(JsonPart part) {
    JsonPart charsmap = part.get(CHARSMAP);
    String base64 = charsmap.text();
    byte[] blob;
    try {
      blob = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw charsmap.wrong("bytes in base64", String.valueOf(e.getMessage()));
    }
    try {
      Precompiled read = new Precompiled(base64, Charsmap.parse(charsmap.where(), blob));
      read.rules.rules(); // in UTF-8 all of them
      return read;
    } catch (FormatException e) {
      throw new LlmException(
          ErrorKind.USER, e.getMessage() + " The file is damaged; copy it again.", e);
    }
  }

  private String change(int c) {
    String text = Character.toString(c);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    long match = shortest(utf8, 0, utf8.length);
    return match < 0
        ? text
        : new String(
            rules.replacements(),
            Charsmap.begin(match),
            rules.end(match) - Charsmap.begin(match),
            StandardCharsets.UTF_8);
  }

  /** The shortest source of a rule that a text begins with; -1 if there is none. */
  private long shortest(byte[] utf8, int from, int to) {
    for (int end = from + 1; end <= to && utf8[end - 1] != 0; end++) {
      long match = rules.longest(utf8, from, end);
      if (match >= 0) {
        return match;
      }
    }
    return -1;
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    Stage alone = changes.open(aligned, next);
    Clusters clusters = new Clusters(aligned, next);
    return (text, from, to) -> {
      if (isAlone(text.bytes(), from, to)) {
        alone.take(text, from, to);
      } else {
        clusters.take(text, from, to);
      }
    };
  }

  /** Whether no characters of a piece are in one cluster: ASCII but for line ends of two. */
  private static boolean isAlone(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      if (utf8[i] < 0 || utf8[i] == '\r') {
        return false;
      }
    }
    return true;
  }

  /** Changes cluster by cluster. */
  private final class Clusters implements Stage {
    private final BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    private final Text result;
    private final Stage next;
    private boolean changed;
    private int done;

    Clusters(boolean aligned, Stage next) {
      this.result = new Text(aligned);
      this.next = next;
    }

    @Override
    public void take(Text text, int from, int to) {
      byte[] utf8 = text.bytes();
      breaks.setText(new String(utf8, from, to - from, StandardCharsets.UTF_8));
      changed = false;
      done = from;
      int at = from;
      int begin = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
        int first = Utf8.lengthAt(utf8[at]);
        int behind = at + first;
        for (int units = first == 4 ? 2 : 1; units < end - begin; behind = behind(utf8, behind)) {
          units += Utf8.lengthAt(utf8[behind]) == 4 ? 2 : 1;
        }
        cluster(text, from, at, behind);
        at = behind;
        begin = end;
      }
      if (!changed) {
        next.take(text, from, to);
        return;
      }
      result.append(text, done, to);
      if (result.length() > 0) {
        next.take(result, 0, result.length());
      }
    }

    private void cluster(Text text, int piece, int from, int to) {
      byte[] utf8 = text.bytes();
      if (to - from <= LONGEST && Utf8.lengthAt(utf8[from]) < to - from) {
        long match = shortest(utf8, from, to);
        if (match >= 0) {
          begin(text, piece, from, to);
          replace(text, from, to, Charsmap.begin(match), rules.end(match));
          return;
        }
      }
      int end = 0;
      for (int at = from; at < to; at = end) {
        end = behind(utf8, at);
        byte @Nullable [] one = changes.of(Utf8.codePoint(utf8, at));
        if (one != null) {
          begin(text, piece, at, end);
          result.append(one, 0, one.length, text, at, end);
        }
      }
    }

    /** Takes over what stands before a change. */
    private void begin(Text text, int piece, int from, int to) {
      if (!changed) {
        result.clearFor(text, piece);
        changed = true;
      }
      result.append(text, done, from);
      done = to;
    }

    /** Character by character, as long as there are any; the last comes from all that is left. */
    private void replace(Text text, int from, int to, int begin, int end) {
      byte[] replacements = rules.replacements();
      int source = from;
      for (int at = begin; at < end; ) {
        int behind = behind(replacements, at);
        int sourceEnd = behind == end ? to : behind(text.bytes(), source);
        result.append(replacements, at, behind - at, text, source, sourceEnd);
        if (sourceEnd < to) {
          source = sourceEnd;
        }
        at = behind;
      }
    }

    private static int behind(byte[] utf8, int at) {
      return at + Utf8.lengthAt(utf8[at]);
    }
  }

  /** Between characters that are never parts of a cluster. */
  @Override
  public boolean parts(int before, int after) {
    return isSingle(before) && isSingle(after) && !(before == '\r' && after == '\n');
  }

  private static boolean isSingle(int c) {
    return c < 0x300 || Character.isIdeographic(c);
  }

  @Override
  public boolean keeps(int c) {
    return c < 0x80 && !Character.isLetter(c) && c != '\r' && changes.keeps(c);
  }

  @Override
  public void write(ObjectNode json) {
    json.put("type", TYPE).put(CHARSMAP, base64);
  }
}
