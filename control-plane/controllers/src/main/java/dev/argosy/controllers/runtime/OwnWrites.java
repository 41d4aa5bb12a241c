package dev.argosy.controllers.runtime;

import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Keeps a controller from deciding on a state that does not have its own last writes yet: it would
 * create or delete twice. What was written for a key must be seen in the informers before the key
 * is worked on again.
 */
public final class OwnWrites {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Wait(Informer<?> informer, BooleanSupplier seen) {}

  private final Map<ObjectKey, List<Wait>> pending = new ConcurrentHashMap<>();

  /** This state of an object must be seen before the key is worked on again. */
  public void expect(ObjectKey key, Informer<?> informer, ApiObject written) {
    long revision = written.revision();
    expect(key, informer, () -> informer.revision() >= revision);
  }

  /** This must hold of the informer's image before the key is worked on again. */
  public void expect(ObjectKey key, Informer<?> informer, BooleanSupplier seen) {
    pending.computeIfAbsent(key, k -> new ArrayList<>()).add(new Wait(informer, seen));
  }

  /** Waits for what is expected of the key; false if it does not come in time. */
  public boolean settled(ObjectKey key) throws InterruptedException {
    List<Wait> waits = pending.get(key);
    if (waits == null) {
      return true;
    }
    for (Wait wait : waits) {
      if (!wait.informer().await(wait.seen(), PATIENCE)) {
        return false;
      }
    }
    pending.remove(key);
    return true;
  }
}
