package io.github.llm4j.runtime.plan;

import io.github.llm4j.runtime.plan.Uses.Use;
import io.github.llm4j.runtime.plan.Value.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Places in one arena for slots that live from first to last use, and for workspaces that live for
 * one launch: the largest first, each at the lowest place that is free for its whole life.
 */
final class MemoryLayout {
  /** Every slot begins at a multiple of this many bytes: a cache line, and the widest vector. */
  static final long ALIGNMENT = 64;

  /** Bytes that are needed from one launch to another. */
  private static final class Block {
    final long bytes;
    final int first;
    final int last;
    final LongConsumer place;
    long offset;

    Block(long bytes, int first, int last, LongConsumer place) {
      this.bytes = bytes;
      this.first = first;
      this.last = last;
      this.place = place;
    }
  }

  private MemoryLayout() {}

  static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Gives each temporary slot and workspace its offset; returns what the arena is filled with. */
  static ArenaUse assign(List<Node> nodes) {
    List<Block> blocks = new ArrayList<>();
    long[] values = new long[nodes.size() + 1]; // what begins less what ended before, by launch
    for (Map.Entry<Slot, Use> entry : new Uses(nodes).all().entrySet()) {
      Slot slot = entry.getKey();
      Use use = entry.getValue();
      if (slot.kind == Slot.Kind.TEMPORARY) {
        blocks.add(new Block(aligned(slot.bytes), use.first, use.last, o -> slot.offset = o));
        values[use.first] += aligned(slot.bytes);
        values[use.last + 1] -= aligned(slot.bytes);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      long bytes = aligned(node.kernel.workspaceBytes());
      blocks.add(new Block(bytes, i, i, o -> node.workspaceOffset = o));
    }
    // a total order, so that the same recording gets the same addresses
    blocks.sort(
        Comparator.comparingLong((Block b) -> -b.bytes)
            .thenComparingInt(b -> b.first)
            .thenComparingInt(b -> b.last));
    long end = 0;
    List<Block> placed = new ArrayList<>();
    for (Block block : blocks) {
      block.offset = lowest(block, placed);
      block.place.accept(block.offset);
      placed.add(block);
      placed.sort(Comparator.comparingLong(b -> b.offset));
      end = Math.max(end, block.offset + block.bytes);
    }
    return fullest(nodes, values, end);
  }

  /** The launch at which values and workspace are most. */
  private static ArenaUse fullest(List<Node> nodes, long[] changes, long end) {
    int launch = 0;
    long most = 0;
    long workspaceThen = 0;
    long live = 0;
    for (int i = 0; i < nodes.size(); i++) {
      live += changes[i];
      long workspace = aligned(nodes.get(i).kernel.workspaceBytes());
      if (live + workspace > most) {
        most = live + workspace;
        workspaceThen = workspace;
        launch = i;
      }
    }
    return new ArenaUse(launch, most - workspaceThen, workspaceThen, end - most);
  }

  /** The lowest offset at which no placed block of an overlapping life lies; sorted by offset. */
  private static long lowest(Block block, List<Block> placed) {
    long offset = 0;
    for (Block other : placed) {
      boolean together = other.first <= block.last && block.first <= other.last;
      if (together) {
        if (other.offset >= offset + block.bytes) {
          break;
        }
        offset = Math.max(offset, other.offset + other.bytes);
      }
    }
    return offset;
  }
}
