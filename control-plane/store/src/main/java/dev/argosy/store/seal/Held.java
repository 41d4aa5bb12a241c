package dev.argosy.store.seal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one cluster's keys.
 *
 * @param record as of that revision; null if the cluster has none
 * @param revision 0 without a record
 * @param damaged why the record that is there cannot be used; null if it can
 * @param memory what was found out, kept when the record changes
 */
record Held(@Nullable KeyRecord record, long revision, @Nullable String damaged, Memory memory) {

  /**
   * Grows while it is used. Any thread.
   *
   * @param open keys in the clear, by id; what an id stands for never changes
   * @param missing ids that the store's own record did not have
   * @param failed keys that could not be unwrapped, not asked for again before a time
   */
  record Memory(Map<Long, DataKey> open, Set<Long> missing, Map<Long, Failure> failed) {
    static Memory fresh() {
      return new Memory(
          new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>());
    }

    /** The keys alone. */
    Memory renewed() {
      return new Memory(open, ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>());
    }
  }

  record Failure(String message, Instant until) {}

  static Held nothing(Memory memory) {
    return new Held(null, 0, null, memory);
  }

  /** Of a value of the store. */
  static Held of(byte[] json, long revision, Memory memory) {
    try {
      return new Held(KeyRecord.parse(json), revision, null, memory);
    } catch (RuntimeException e) {
      String why =
          "the record of its tenant's data keys is damaged; restore it from a backup of etcd";
      return new Held(null, revision, why, memory);
    }
  }

  Held with(Memory other) {
    return new Held(record, revision, damaged, other);
  }

  Optional<KeyRecord.Entry> find(long id) {
    return record == null ? Optional.empty() : record.find(id);
  }

  /** Refuses to go on with a damaged record. */
  Held sound() {
    if (damaged != null) {
      throw new SealedException(damaged);
    }
    return this;
  }
}
