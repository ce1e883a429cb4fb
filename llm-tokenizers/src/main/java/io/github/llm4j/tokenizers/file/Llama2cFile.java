package io.github.llm4j.tokenizers.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.formats.sentencepiece.PieceType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * llama2.c's tokenizer.bin: the length of the longest token, then for each id its score and its
 * text, blanks as blanks. Ids 0 to 2 are unknown, begin and end, the next 256 the bytes.
 */
final class Llama2cFile {
  private static final int BYTES = 3;
  private static final int LEAST = BYTES + 256;

  private Llama2cFile() {}

  /** Whether bytes look like such a file: the third token has the number 0, in its own way. */
  static boolean isOne(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 17) {
      return false;
    }
    int longest = in.getInt();
    in.getFloat();
    int length = in.getInt();
    return longest > 0 && longest <= 1 << 20 && length == 5 && text(in, 5).equals("<unk>");
  }

  private static String text(ByteBuffer in, int length) {
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  static ObjectNode read(String name, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int longest = in.getInt();
    ScoredPieces pieces = new ScoredPieces(name);
    int id = 0;
    while (in.hasRemaining()) {
      int at = in.position();
      if (in.remaining() < 8) {
        throw Wrong.found(name + ": byte " + at, "a score and a length", "the end of the file");
      }
      float score = in.getFloat();
      int length = in.getInt();
      if (length < 0 || length > longest || length > in.remaining() || Float.isNaN(score)) {
        throw Wrong.found(
            name + ": byte " + at,
            "a score and a text of up to %d bytes".formatted(Math.min(longest, in.remaining())),
            "score %s, length %d".formatted(score, length));
      }
      pieces.add(piece(name, in, id, length), score, kind(id));
      id++;
    }
    if (id < LEAST) {
      throw Wrong.found(name, LEAST + " tokens at least", id + " tokens");
    }
    Draft draft = new Draft();
    pieces.bpe(draft);
    List<ObjectNode> normalizers = new ArrayList<>(ScoredPieces.blanks(true));
    draft.normalizers(normalizers);
    pieces.decoders(draft, true, "");
    return draft.json();
  }

  private static PieceType kind(int id) {
    if (id == 0) {
      return PieceType.UNKNOWN;
    }
    return id < BYTES ? PieceType.CONTROL : id < LEAST ? PieceType.BYTE : PieceType.NORMAL;
  }

  private static String piece(String name, ByteBuffer in, int id, int length) {
    ByteBuffer utf8 = in.slice(in.position(), length);
    in.position(in.position() + length);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw Wrong.found(name + ": token " + id, "UTF-8", "bytes that are none");
    }
    // begin and end are written with line ends around them
    return id < BYTES ? text.strip() : text.replace(" ", Draft.BLANK);
  }
}
