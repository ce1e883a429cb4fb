package io.github.llm4j.tokenizers.unigram;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.nio.charset.StandardCharsets;

/**
 * Turns text into the ids of a {@link UnigramModel}. Where no piece goes on over a meta symbol, the
 * text is cut there, and what was met before is not searched again. Memory doesn't grow with the
 * text, but with a stretch of it whose segmentation depends on its end.
 *
 * <p>Threading: one thread.
 */
public final class Session implements BestPath.Steps {
  private static final int SHOWN = 20;

  /** Below, sums of floats are so coarse that few parts are segmented as they are elsewhere. */
  private static final double SURE = -500_000;

  private final UnigramModel model;
  private final PartTable parts = new PartTable();
  private final double[] scores;
  private final BestPath path;
  private final int[] recorded = new int[2 * PartTable.LONGEST];
  private int recordedSize;
  private final BestPath.Steps recorder = this::record;

  private byte[] utf8 = {};
  private UnigramModel.Sink sink = (id, from, to) -> {};
  private int unknownFrom = -1;
  private int unknownTo;

  Session(UnigramModel model) {
    this.model = model;
    this.scores = model.scores();
    this.path = new BestPath(model);
  }

  /**
   * Gives the ids of a stretch of UTF-8 to a sink. Neighbouring unknown characters are one id.
   * Bytes that are no UTF-8 are unknown characters of their own.
   *
   * @throws LlmException if something is unknown and the model has no id for it
   */
  public void encode(byte[] utf8, int from, int to, UnigramModel.Sink sink) {
    this.utf8 = utf8;
    this.sink = sink;
    unknownFrom = -1;
    if (!model.partsAtMeta()) {
      path.find(utf8, from, to, 0, this);
    } else {
      double score = 0;
      int end = from;
      for (int start = from; start < to; start = end) {
        if (model.single() && score < SURE) {
          path.find(utf8, start, to, score, this);
          break;
        }
        end = Meta.wordEnd(utf8, start, to);
        score = encodePart(start, end, score, end == to);
      }
    }
    endUnknown();
  }

  /** Takes a part, and returns the score up to its end, if it isn't the last. */
  private double encodePart(int from, int to, double score, boolean isLast) {
    if (to - from > PartTable.LONGEST) {
      return path.find(utf8, from, to, score, this);
    }
    if (!parts.find(utf8, from, to)) {
      recordedSize = 0;
      double after = path.find(utf8, from, to, 0, recorder);
      if (recordedSize > 2 * PartTable.MOST_STEPS) {
        return score == 0 ? replayRecorded(from, after) : path.find(utf8, from, to, score, this);
      }
      parts.put(recorded, recordedSize, path.margin());
    }
    if (score != 0 && parts.margin() <= rounding(score, to - from)) {
      return path.find(utf8, from, to, score, this);
    }
    return replay(from, score, isLast);
  }

  /** What rounding can change in a difference of two sums over so many bytes. */
  private double rounding(double score, int length) {
    double greatest = Math.abs(score) + length * model.greatest();
    return 2 * length * (model.single() ? Math.ulp((float) greatest) : Math.ulp(greatest));
  }

  private double replayRecorded(int from, double after) {
    int start = from;
    for (int i = 0; i < recordedSize; i += 2) {
      step(recorded[i], start, start + recorded[i + 1]);
      start += recorded[i + 1];
    }
    return after;
  }

  private double replay(int from, double before, boolean isLast) {
    double score = before;
    int start = from;
    int steps = parts.steps();
    for (int i = 0; i < steps; i++) {
      long step = parts.step(i);
      int id = (int) (step >> 32);
      int end = start + (int) step;
      step(id, start, end);
      start = end;
      if (!isLast) {
        score += id < 0 ? model.unknownScore() : scores[id];
        score = model.single() ? (float) score : score;
      }
    }
    return score;
  }

  private void record(int id, int from, int to) {
    recorded[recordedSize++] = id;
    recorded[recordedSize++] = to - from;
  }

  @Override
  public void step(int id, int from, int to) {
    if (id < 0 || id == model.unknown()) {
      if (unknownFrom < 0) {
        unknownFrom = from;
      }
      unknownTo = to;
      return;
    }
    if (unknownFrom >= 0) {
      endUnknown();
    }
    sink.add(id, from, to);
  }

  private void endUnknown() {
    if (unknownFrom < 0) {
      return;
    }
    int from = unknownFrom;
    unknownFrom = -1;
    int whole = model.trie().find(utf8, from, unknownTo);
    if (whole >= 0) {
      sink.add(whole, from, unknownTo);
    } else if (hasBytes(from, unknownTo)) {
      for (int at = from; at < unknownTo; at++) {
        sink.add(model.byteIds()[utf8[at] & 0xFF], from, unknownTo);
      }
    } else if (model.unknown() >= 0) {
      sink.add(model.unknown(), from, unknownTo);
    } else {
      String text =
          new String(utf8, from, Math.min(SHOWN, unknownTo - from), StandardCharsets.UTF_8);
      throw new LlmException(
          ErrorKind.USER,
          ("tokenizer: characters that are in the vocabulary expected, since it has no id for"
                  + " others, found \"%s\". Use a model with an unknown token or bytes.")
              .formatted(text));
    }
  }

  private boolean hasBytes(int from, int to) {
    int[] ids = model.byteIds();
    boolean all = ids.length > 0;
    for (int at = from; all && at < to; at++) {
      all = ids[utf8[at] & 0xFF] >= 0;
    }
    return all;
  }
}
