package io.github.llm4j.cli;

import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * Ctrl-C and termination while a command runs that has something to save: the first asks it to
 * stop, the second ends the process at once.
 */
final class Interrupts implements AutoCloseable {
  /** Exit code after Ctrl-C. */
  static final int INTERRUPTED = 130;

  /** Exit code after a request to terminate. */
  static final int TERMINATED = 143;

  private final AtomicInteger code = new AtomicInteger();
  private final Runnable stop;
  private final Object onInterrupt;
  private final Object onTerminate;

  /**
   * Listens until closed.
   *
   * @param stop asks the command to stop; called once, on the signal's thread
   */
  Interrupts(Runnable stop) {
    this.stop = stop;
    this.onInterrupt = Signals.register("INT", () -> signal(INTERRUPTED));
    this.onTerminate = Signals.register("TERM", () -> signal(TERMINATED));
  }

  private void signal(int exitCode) {
    if (code.compareAndSet(0, exitCode)) {
      stop.run();
    } else {
      Runtime.getRuntime().halt(exitCode); // an exit would wait for hooks
    }
  }

  /** Exit code of a command that was asked to stop; 0 if it wasn't. */
  int code() {
    return code.get();
  }

  @Override
  public void close() {
    Signals.unregister("INT", onInterrupt);
    Signals.unregister("TERM", onTerminate);
  }
}
