package dev.argosy.store.seal;

import dev.argosy.model.object.ObjectKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values that this server could not read, until it can or they change. Any thread. */
final class Troubles {

  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

  /**
   * One of them.
   *
   * @param revision of the value
   */
  record Trouble(long revision, String message) {}

  private final Map<ObjectKey, Trouble> all = new ConcurrentHashMap<>();

  void add(ObjectKey key, long revision, String message) {
    Trouble before = all.put(key, new Trouble(revision, message));
    if (before == null || before.revision() != revision) {
      LOG.error("{} at revision {} cannot be read: {}", key, revision, message);
    }
  }

  /** Of a value that was read, or is gone. */
  void clear(ObjectKey key, long revision) {
    if (!all.isEmpty()) {
      all.computeIfPresent(key, (k, trouble) -> trouble.revision() <= revision ? null : trouble);
    }
  }

  Map<ObjectKey, Trouble> all() {
    return Map.copyOf(all);
  }

  int count() {
    return all.size();
  }
}
