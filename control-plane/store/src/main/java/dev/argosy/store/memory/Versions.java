package dev.argosy.store.memory;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The history of one key, newest first. Guarded by the store's lock. */
final class Versions {

  /** A state of the key from a revision on; no value: deleted. */
  private record Version(long revision, byte @Nullable [] value) {}

  private final ObjectKey key;
  private final Deque<Version> newestFirst = new ArrayDeque<>();

  Versions(ObjectKey key) {
    this.key = key;
  }

  void put(long revision, byte[] value) {
    newestFirst.addFirst(new Version(revision, value));
  }

  void delete(long revision) {
    newestFirst.addFirst(new Version(revision, null));
  }

  @Nullable StoredValue at(long revision) {
    for (Version version : newestFirst) {
      if (version.revision <= revision) {
        byte[] value = version.value;
        return value == null ? null : new StoredValue(key, value, version.revision);
      }
    }
    return null;
  }

  /** Forgets what only revisions below this one could see; answers whether anything is left. */
  boolean compact(long revision) {
    Iterator<Version> versions = newestFirst.iterator();
    boolean covered = false;
    while (versions.hasNext()) {
      Version version = versions.next();
      if (covered || (version.revision <= revision && version.value == null)) {
        versions.remove();
      }
      covered |= version.revision <= revision;
    }
    return !newestFirst.isEmpty();
  }
}
