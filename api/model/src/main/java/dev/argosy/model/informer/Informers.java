package dev.argosy.model.informer;

import dev.argosy.model.client.ApiClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The informers of one client, shared between all that ask for the same spec. Closing it closes
 * them all.
 */
public final class Informers implements AutoCloseable {

  private final ApiClient client;
  private final Map<InformerSpec<?>, Informer<?>> informers = new HashMap<>();

  public Informers(ApiClient client) {
    this.client = client;
  }

  /** The informer of that spec, running; made at the first call. */
  @SuppressWarnings("unchecked") // an informer is kept under its own spec, which has its type
  public synchronized <T> Informer<T> of(InformerSpec<T> spec) {
    return (Informer<T>) informers.computeIfAbsent(spec, s -> new Informer<>(client, spec));
  }

  /** Ends the informer of that spec, if there is one; to ask for it again makes another. */
  public synchronized void drop(InformerSpec<?> spec) {
    Informer<?> informer = informers.remove(spec);
    if (informer != null) {
      informer.close();
    }
  }

  /** Whether all informers asked for so far have seen their first complete state. */
  public boolean hasSynced() {
    return all().stream().allMatch(Informer::hasSynced);
  }

  /**
   * Waits for {@link #hasSynced}.
   *
   * @param giveUp asked about once a second; ends the waiting with false
   */
  public boolean awaitSynced(BooleanSupplier giveUp) throws InterruptedException {
    for (Informer<?> informer : all()) {
      while (!informer.awaitSynced(Duration.ofSeconds(1))) {
        if (giveUp.getAsBoolean()) {
          return false;
        }
      }
    }
    return true;
  }

  private synchronized List<Informer<?>> all() {
    return List.copyOf(informers.values());
  }

  @Override
  public synchronized void close() {
    informers.values().forEach(Informer::close);
    informers.clear();
  }
}
