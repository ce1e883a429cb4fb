package io.github.llm4j.runtime.worker;

import io.github.llm4j.api.worker.Workers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that wait for parts of a step: they spin for about 20 us after each, since the
 * next launch usually comes within that time, then park. The caller works too, as worker 0.
 */
public final class WorkerPool implements Workers, AutoCloseable {
  private static final long SPIN_NANOS = 20_000;

  private final Thread[] threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private Part part = (p, worker) -> {};
  private int parts;
  private Thread caller = Thread.currentThread();

  /**
   * Counts rounds; a worker that sees it change takes part. Written last, so it publishes the rest.
   */
  private final AtomicLong round = new AtomicLong();

  private volatile boolean closed;

  /**
   * Starts the threads.
   *
   * @param count workers, the caller among them; 1 or more
   */
  public WorkerPool(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads: 1 or more, found " + count + ".");
    }
    threads = new Thread[count - 1];
    for (int i = 0; i < threads.length; i++) {
      int worker = i + 1;
      threads[i] =
          Thread.ofPlatform().daemon().name("llm-worker-" + worker).unstarted(() -> serve(worker));
    }
    for (Thread thread : threads) {
      thread.start();
    }
  }

  /** As many workers as the process may use processors. */
  public static WorkerPool ofProcessors() {
    return new WorkerPool(Runtime.getRuntime().availableProcessors());
  }

  @Override
  public int count() {
    return threads.length + 1;
  }

  @Override
  public void run(int wantedParts, Part wanted) {
    lock.lock();
    try {
      if (wantedParts <= 1 || threads.length == 0 || lock.getHoldCount() > 1) {
        for (int i = 0; i < wantedParts; i++) {
          wanted.run(i, 0);
        }
        return;
      }
      part = wanted;
      parts = wantedParts;
      next.set(0);
      failure.set(null);
      running.set(threads.length);
      caller = Thread.currentThread();
      round.incrementAndGet();
      for (Thread thread : threads) {
        LockSupport.unpark(thread);
      }
      work(0);
      await();
      Throwable thrown = failure.get();
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the others; on a busy machine they may not have a processor, so it parks too. */
  private void await() {
    long since = System.nanoTime();
    while (running.get() > 0) {
      if (System.nanoTime() - since > SPIN_NANOS) {
        LockSupport.park(this);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private void work(int worker) {
    try {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        part.run(i, worker);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(parts); // the rest is pointless
    }
  }

  private void serve(int worker) {
    long seen = 0;
    while (!closed) {
      long since = System.nanoTime();
      while (round.get() == seen && !closed) {
        if (System.nanoTime() - since > SPIN_NANOS) {
          LockSupport.park(this);
        } else {
          Thread.onSpinWait();
        }
      }
      if (round.get() != seen) {
        seen = round.get();
        work(worker);
        if (running.decrementAndGet() == 0) {
          LockSupport.unpark(caller);
        }
      }
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
