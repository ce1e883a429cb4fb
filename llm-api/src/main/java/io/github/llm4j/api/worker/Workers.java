package io.github.llm4j.api.worker;

/**
 * One set of platform threads a process, handed through contexts to kernels, tokenizers and the
 * data stage.
 *
 * <p>Threading: a call of {@link #run} holds all workers until it returns; calls from several
 * threads queue. A part must not call {@code run} itself.
 */
public interface Workers {

  /** The caller's thread alone. */
  static Workers caller() {
    return new Workers() {
      @Override
      public int count() {
        return 1;
      }

      @Override
      public void run(int parts, Part part) {
        for (int i = 0; i < parts; i++) {
          part.run(i, 0);
        }
      }
    };
  }

  /** Number of threads that run parts, the caller's among them. */
  int count();

  /**
   * Runs parts {@code 0 .. parts - 1}, each once, and returns when all are done. Which worker runs
   * a part is not part of any result: work that must give the same bits is split by part, not
   * worker.
   *
   * @param parts number of parts; with 1 the caller runs it at once
   * @param part the work
   * @throws RuntimeException what the first failing part threw; the other parts have ended by then
   */
  void run(int parts, Part part);

  /** A share of some work. */
  @FunctionalInterface
  interface Part {
    /**
     * Does one part.
     *
     * @param part which one
     * @param worker who does it, from 0 to {@code count() - 1}: an index for scratch memory
     */
    void run(int part, int worker);
  }
}
