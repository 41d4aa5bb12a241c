package dev.argosy.agent.pod.sync;

import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Long work that a pod's worker waits for: no longer than the pod is wanted, so that a deletion
 * need not wait for the fetching of a large image. What is abandoned goes on by itself.
 */
final class WhileWanted {

  /** What may take long. */
  interface Work<T> {
    T run() throws RuntimeFailure;
  }

  private WhileWanted() {}

  /** The result; empty if the pod was not wanted any more before there was one. */
  static <T> Optional<T> get(PodMemory memory, String name, Work<T> work) throws RuntimeFailure {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.ofVirtual().name(name).start(() -> complete(done, work));
    try {
      CompletableFuture.anyOf(done, memory.unwanted()).get();
      return done.isDone() ? Optional.of(done.get()) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static <T> void complete(CompletableFuture<T> done, Work<T> work) {
    try {
      done.complete(work.run());
    } catch (RuntimeFailure | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }
}
