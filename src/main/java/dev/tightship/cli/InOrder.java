package dev.tightship.cli;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Work that runs side by side and whose results are taken one by one, in the order given. */
final class InOrder {

  /** How many results may wait for their turn, so that a thousand projects stay small. */
  private static final int AHEAD = 64;

  private InOrder() {}

  /**
   * @param sideBySide whether a piece of work may run before the result of the one before is taken
   * @throws Exception what a piece of work throws; the rest is then not begun
   */
  static <T> void run(List<Callable<T>> work, boolean sideBySide, Consumer<T> taker)
      throws Exception {
    if (work.size() == 1 || !sideBySide) {
      for (Callable<T> piece : work) {
        taker.accept(piece.call());
      }
      return;
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      var waiting = new ArrayDeque<Future<T>>();
      for (Callable<T> piece : work) {
        waiting.add(workers.submit(piece));
        if (waiting.size() > AHEAD) {
          taker.accept(result(waiting.remove()));
        }
      }
      while (!waiting.isEmpty()) {
        taker.accept(result(waiting.remove()));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
