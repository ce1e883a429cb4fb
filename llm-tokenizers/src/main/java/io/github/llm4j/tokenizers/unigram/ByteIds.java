package io.github.llm4j.tokenizers.unigram;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ids of the pieces that stand for single bytes: {@code <0x00>} to {@code <0xFF>}. */
final class ByteIds {
  /** Ids of no byte. */
  static final int[] NONE = {};

  private ByteIds() {}

  /** The id of each byte, -1 where there is no piece. */
  static int[] of(List<String> pieces) {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      if (pieces.get(id).length() == 6 && pieces.get(id).startsWith("<0x")) {
        ids.put(pieces.get(id), id);
      }
    }
    int[] bytes = new int[256];
    for (int b = 0; b < bytes.length; b++) {
      @Nullable Integer id = ids.get("<0x%02X>".formatted(b));
      bytes[b] = id == null ? -1 : id;
    }
    return bytes;
  }
}
