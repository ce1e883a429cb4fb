package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What becomes of each id inside a text, as bytes one behind the other, so that decoding is
 * copying. Threading: immutable.
 */
final class DecoderTable {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  /** No token has the id. */
  private static final byte MISSING = 1;

  /** It is a byte among others that may be no UTF-8 together. */
  private static final byte BYTE = 2;

  private static final byte SPECIAL = 4;

  private final Entries entries;
  private final DecoderPlan plan;

  /** Bytes of all ids, and eight more that are read beyond the last. */
  private final byte[] pool;

  private final int[] starts;
  private final byte[] flags;

  DecoderTable(Entries entries, DecoderPlan plan) {
    this.entries = entries;
    this.plan = plan;
    int size = entries.size();
    starts = new int[size + 1];
    flags = new byte[size];
    byte[] all = new byte[8 * size + 8];
    for (int id = 0; id < size; id++) {
      String token = entries.find(id);
      byte[] bytes = {};
      if (token.isEmpty()) {
        flags[id] = MISSING;
      } else {
        String changed = plan.change(token, false);
        flags[id] = (byte) ((isByte(changed) ? BYTE : 0) | (entries.special(id) ? SPECIAL : 0));
        bytes = bytes(changed);
      }
      int end = Math.addExact(starts[id], bytes.length);
      if (end + 8L > all.length) {
        all = Arrays.copyOf(all, (int) Math.min(Integer.MAX_VALUE - 16, 2L * end + 8));
      }
      System.arraycopy(bytes, 0, all, starts[id], bytes.length);
      starts[id + 1] = end;
    }
    pool = Arrays.copyOf(all, starts[size] + 8);
  }

  private boolean isByte(String token) {
    return plan.ofByteTokens() && ByteTokens.value(token) >= 0;
  }

  private byte[] bytes(String token) {
    if (isByte(token)) {
      return new byte[] {(byte) ByteTokens.value(token)};
    }
    return plan.bytes(token);
  }

  /** Bytes of an id inside a text. */
  byte[] bytes(int id) {
    Ids.check(entries.name(), id, flags.length);
    if ((flags[id] & MISSING) != 0) {
      throw entries.missing(id);
    }
    return Arrays.copyOfRange(pool, starts[id], starts[id + 1]);
  }

  /** Whether each byte is an entry by itself. */
  boolean hasEachByte() {
    BitSet bytes = new BitSet();
    for (int id = 0; id < flags.length; id++) {
      if (starts[id + 1] - starts[id] == 1) {
        bytes.set(pool[starts[id]] & 0xFF);
      }
    }
    return bytes.cardinality() == 256;
  }

  /** Text of ids. */
  String decode(int[] ids, boolean skipSpecial) {
    int odd = MISSING | BYTE | (skipSpecial ? SPECIAL : 0);
    byte[] utf8 = new byte[room(ids, skipSpecial)];
    int at = 0;
    int run = -1; // where bytes began that may be no UTF-8
    int i = 0;
    while (i < ids.length && skipSpecial && (flags[ids[i]] & SPECIAL) != 0) {
      i++;
    }
    if (i < ids.length) {
      String first = plan.change(entries.find(ids[i]), true);
      byte[] bytes = bytes(first);
      System.arraycopy(bytes, 0, utf8, 0, bytes.length);
      at = bytes.length;
      run = isByte(first) ? 0 : -1;
      i++;
    }
    for (; i < ids.length; i++) {
      int id = ids[i];
      int flag = flags[id] & odd;
      if ((flag & SPECIAL) != 0) {
        continue;
      }
      if ((flag & BYTE) != 0) {
        run = run < 0 ? at : run;
      } else if (run >= 0) {
        at = endRun(utf8, run, at);
        run = -1;
      }
      int from = starts[id];
      int length = starts[id + 1] - from;
      EIGHT.set(utf8, at, (long) EIGHT.get(pool, from));
      if (length > 8) {
        System.arraycopy(pool, from + 8, utf8, at + 8, length - 8);
      }
      at += length;
    }
    return text(utf8, run >= 0 ? endRun(utf8, run, at) : at);
  }

  /** Bytes that a text takes at most, and eight more that may be written beyond it. */
  private int room(int[] ids, boolean skipSpecial) {
    long room = 8;
    String first = null;
    for (int id : ids) {
      if (id < 0 || id >= flags.length) {
        Ids.check(entries.name(), id, flags.length);
      }
      int flag = flags[id];
      if ((flag & MISSING) != 0) {
        throw entries.missing(id);
      }
      if (first == null && !(skipSpecial && (flag & SPECIAL) != 0)) {
        first = plan.change(entries.find(id), true);
        room += 3 + bytes(first).length;
      }
      room += starts[id + 1] - starts[id] + (flag & BYTE); // a replacement is two bytes longer
    }
    if (room > Integer.MAX_VALUE - 16) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer '%s': ids of at most 2 GiB of text expected, found %,d bytes. Decode them in parts."
              .formatted(entries.name(), room));
    }
    return (int) room;
  }

  /** Ends bytes that are UTF-8 together, or else each a replacement; gives the place behind. */
  private static int endRun(byte[] utf8, int from, int to) {
    if (LossyUtf8.isWellFormed(utf8, from, to)) {
      return to;
    }
    int at = from;
    for (int i = from; i < to; i++) {
      System.arraycopy(REPLACEMENT, 0, utf8, at, REPLACEMENT.length);
      at += REPLACEMENT.length;
    }
    return at;
  }

  private String text(byte[] utf8, int length) {
    int begin = plan.begin(utf8, length);
    String text = new String(utf8, begin, length - begin, StandardCharsets.UTF_8);
    return plan.ofLetters() && text.indexOf('\uFFFD') >= 0 ? lossy(utf8, length) : text;
  }

  private String lossy(byte[] utf8, int length) {
    byte[] whole = LossyUtf8.text(utf8, 0, length).getBytes(StandardCharsets.UTF_8);
    int begin = plan.begin(whole, whole.length);
    return new String(whole, begin, whole.length - begin, StandardCharsets.UTF_8);
  }
}
