package io.github.llm4j.tokenizers.pretokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import io.github.llm4j.tokenizers.pipeline.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code Sequence}: each member cuts the words of the one before. Those behind ByteLevel see
 * letters in the place of bytes.
 */
public final class Sequence implements Cutter {
  static final String TYPE = "Sequence";
  private static final String MEMBERS = "pretokenizers";

  /** A stage each; they call one another. */
  private static final int MOST = 500;

  private final List<Cutter> members;

  /** The members, those of a sequence among them in its place. */
  private final List<Cutter> flat;

  /** Place of ByteLevel among them, or behind the last. */
  private final int bytes;

  private Sequence(List<Cutter> members) {
    this.members = members;
    this.flat =
        members.stream()
            .flatMap(m -> m instanceof Sequence s ? s.flat.stream() : Stream.of(m))
            .toList();
    int at = 0;
    while (at < flat.size() && !(flat.get(at) instanceof ByteLevel)) {
      at++;
    }
    this.bytes = at;
  }

  /**
   * Pre-tokenizers of the format one behind the other.
   *
   * @throws IllegalArgumentException if one is none of the format's
   */
  public static Sequence of(PreTokenizer... members) {
    return new Sequence(
        Arrays.stream(members)
            .map(
                member -> {
                  if (member instanceof Cutter cutter) {
                    return cutter;
                  }
                  throw new IllegalArgumentException(
                      "a pre-tokenizer of the format expected, found " + member);
                })
            .toList());
  }

  static Sequence of(JsonPart part) {
    JsonPart list = part.get(MEMBERS);
    if (!list.isPresent()) {
      throw list.wrong("a list");
    }
    Sequence sequence = new Sequence(list.items().stream().map(PreTokenizers::cutter).toList());
    if (sequence.flat.size() > MOST) {
      throw list.wrong("at most %d members".formatted(MOST), sequence.flat.size() + " of them");
    }
    for (Cutter behind : sequence.behindBytes()) {
      if (behind.changes() || behind instanceof ByteLevel) {
        throw list.wrong(
            "behind ByteLevel only what cuts words", behind.getClass().getSimpleName());
      }
    }
    return sequence;
  }

  private List<Cutter> behindBytes() {
    return flat.subList(Math.min(bytes + 1, flat.size()), flat.size());
  }

  @Override
  public boolean keeps() {
    return flat.stream().allMatch(Cutter::keeps);
  }

  @Override
  public Stage open(boolean aligned, Stage next) {
    List<Cutter> behind = behindBytes();
    Stage stage = behind.isEmpty() ? next : new Letters(next, last -> chain(behind, false, last));
    return chain(flat.subList(0, flat.size() - behind.size()), aligned, stage);
  }

  private static Stage chain(List<Cutter> cutters, boolean aligned, Stage next) {
    Stage stage = next;
    for (Cutter cutter : cutters.reversed()) {
      stage = cutter.open(aligned, stage);
    }
    return stage;
  }

  /**
   * Where the first member parts that does, if those before it let a text be parted there; and if
   * no member would put something before what then begins a piece.
   */
  @Override
  public boolean alwaysParts(int before, int after) {
    boolean changed = false;
    for (int i = 0; i < flat.size(); i++) {
      Cutter member = flat.get(i);
      if (i > 0 && (member.prefixes(after) || (changed && member.prefixes(-1)))) {
        return false;
      }
      changed |= member.changes();
    }
    for (Cutter member : flat) {
      if (member.alwaysParts(before, after)) {
        return true;
      }
      if (member.changes() || !member.separable(before, after)) {
        return false;
      }
    }
    return false;
  }

  @Override
  public void write(ObjectNode json) {
    ArrayNode list = json.put("type", TYPE).putArray(MEMBERS);
    members.forEach(member -> member.write(list.addObject()));
  }
}
