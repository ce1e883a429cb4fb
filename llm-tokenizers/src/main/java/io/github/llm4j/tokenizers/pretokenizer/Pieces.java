package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;

/**
 * Joins stretches of a text, which are cut at or not, into words as a behavior says. An empty
 * stretch parts what stands around it, but is no word. Threading: one thread.
 */
final class Pieces {
  private final Behavior behavior;
  private final Stage next;

  /** The word that isn't whole yet; none if it is empty. */
  private int start;

  private int end;
  private boolean pending;
  private boolean lastCut;

  Pieces(Behavior behavior, Stage next) {
    this.behavior = behavior;
    this.next = next;
  }

  /** Takes the next stretch of a text, each where the last one ended. */
  void add(Text text, int from, int to, boolean cut) {
    boolean joins =
        switch (behavior) {
          case REMOVED, ISOLATED -> false;
          case CONTIGUOUS -> cut == lastCut;
          case MERGED_WITH_PREVIOUS -> cut && !lastCut;
          case MERGED_WITH_NEXT -> !cut && lastCut;
        };
    lastCut = cut;
    if (joins && pending) {
      end = to;
      return;
    }
    flush(text);
    if (!cut || behavior != Behavior.REMOVED) {
      start = from;
      end = to;
      pending = true;
    }
  }

  /** Ends a text. */
  void finish(Text text) {
    flush(text);
    lastCut = false;
  }

  private void flush(Text text) {
    if (pending && start < end) {
      next.take(text, start, end);
    }
    pending = false;
  }
}
