package io.github.llm4j.tokenizers.pipeline;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sessions that wait for the next text. Threading: any number of threads. */
final class Sessions {
  private static final int MOST = 64;

  private final Supplier<Session> maker;
  private final ConcurrentLinkedQueue<Session> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  Sessions(Supplier<Session> maker) {
    this.maker = maker;
  }

  /** Works with a session that nobody else uses meanwhile. */
  <T> T use(Function<Session, T> work) {
    Session session = waiting.poll();
    if (session == null) {
      session = maker.get();
    } else {
      count.decrementAndGet();
    }
    T value = work.apply(session);
    // One that failed on the way isn't given back: its stages may be in the middle of something.
    if (session.keepable() && count.get() < MOST) {
      count.incrementAndGet();
      waiting.add(session);
    }
    return value;
  }
}
