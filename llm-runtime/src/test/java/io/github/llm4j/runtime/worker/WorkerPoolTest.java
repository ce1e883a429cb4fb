package io.github.llm4j.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

  @Test
  void runsEachPartOnceWhateverTheCounts() {
    for (int workers : new int[] {1, 2, 5}) {
      try (WorkerPool pool = new WorkerPool(workers)) {
        for (int round = 0; round < 500; round++) {
          int parts = round % 13;
          AtomicIntegerArray done = new AtomicIntegerArray(parts + 1);
          pool.run(
              parts,
              (part, worker) -> {
                done.incrementAndGet(part);
                assertTrue(worker < workers);
              });
          for (int i = 0; i < parts; i++) {
            assertEquals(1, done.get(i), "part " + i + " of " + parts);
          }
        }
      }
    }
  }

  @Test
  void aFailingPartFailsTheCallAndThePoolGoesOn() {
    try (WorkerPool pool = new WorkerPool(2)) {
      for (int failing = 0; failing < 4; failing++) {
        int bad = failing;
        IllegalStateException e =
            assertThrows(
                IllegalStateException.class,
                () ->
                    pool.run(
                        4,
                        (part, worker) -> {
                          if (part == bad) {
                            throw new IllegalStateException("part " + part);
                          }
                        }));
        assertEquals("part " + bad, e.getMessage());
        pool.run(4, (part, worker) -> {});
      }
    }
  }

  @Test
  void workersThatParkedWakeUp() throws InterruptedException {
    try (WorkerPool pool = new WorkerPool(3)) {
      for (int i = 0; i < 5; i++) {
        AtomicIntegerArray done = new AtomicIntegerArray(3);
        Thread.sleep(5); // far longer than they spin
        pool.run(3, (part, worker) -> done.incrementAndGet(part));
        assertEquals("[1, 1, 1]", done.toString());
      }
    }
  }
}
