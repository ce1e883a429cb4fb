package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.tokenizer.StreamingDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns ids into text: by a table where the decoder does to each id the same again and again, else
 * by stages. Threading: immutable but for the table, which is made when it is first needed.
 */
final class Decoding {
  private final Entries entries;
  private final Decoder decoder;
  private final DecoderPlan plan = new DecoderPlan();
  private volatile @Nullable DecoderTable table;

  Decoding(Entries entries, Decoder decoder) {
    this.entries = entries;
    this.decoder = decoder;
    decoder.describe(plan);
  }

  private DecoderTable table() {
    DecoderTable made = table;
    if (made == null) {
      made = new DecoderTable(entries, plan);
      table = made;
    }
    return made;
  }

  /** Whether the bytes of each text are entries, and come back as they are. */
  boolean keeps() {
    return plan.ofLettersAlone() && table().hasEachByte();
  }

  String decode(int[] ids, boolean skipSpecial) {
    if (plan.useful()) {
      return table().decode(ids, skipSpecial);
    }
    StringBuilder text = new StringBuilder();
    StreamingDecoder stream = stream(skipSpecial, text);
    for (int id : ids) {
      stream.add(id);
    }
    stream.end();
    return text.toString();
  }

  /** UTF-8 of an id inside a text. */
  byte[] bytes(int id) {
    return plan.useful()
        ? table().bytes(id)
        : decode(new int[] {id}, false).getBytes(StandardCharsets.UTF_8);
  }

  StreamingDecoder stream(boolean skipSpecial) {
    StringBuilder text = new StringBuilder();
    StreamingDecoder all = stream(skipSpecial, text);
    return new StreamingDecoder() {
      @Override
      public String add(int id) {
        all.add(id);
        return taken();
      }

      @Override
      public String end() {
        all.end();
        return taken();
      }

      private String taken() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
      }
    };
  }

  /** Puts all text where it is told, and gives none back. */
  private StreamingDecoder stream(boolean skipSpecial, StringBuilder text) {
    DecoderStage last =
        new DecoderStage() {
          @Override
          public void piece(String piece) {
            text.append(piece);
          }

          @Override
          public void tokenEnd() {}

          @Override
          public void end() {}
        };
    DecoderStage stages = decoder.open(last);
    return new StreamingDecoder() {
      @Override
      public String add(int id) {
        String token = entries.text(id);
        if (!(skipSpecial && entries.special(id))) {
          stages.piece(token);
          stages.tokenEnd();
        }
        return "";
      }

      @Override
      public String end() {
        stages.end();
        return "";
      }
    };
  }
}
