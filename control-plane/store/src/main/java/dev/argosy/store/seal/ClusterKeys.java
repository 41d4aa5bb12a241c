package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.Held.Memory;
import dev.argosy.store.seal.KeyRecord.Entry;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of all logical clusters, and the only place that changes their records. What it
 * knows comes from the store when it is first needed, and from the store's watch from then on; a
 * key in the clear stays in memory until its cluster's record is deleted. Any thread may call.
 */
final class ClusterKeys {

  private static final int TRIES = 10;
  private static final int PAGE = 1_000;

  /** How long a key service is left in peace after a failure, for each key. */
  private static final Duration PEACE = Duration.ofSeconds(5);

  /**
   * What to write with.
   *
   * @param place where the cluster's record stands
   * @param revision the record's; what is written must check it
   */
  record Current(DataKey key, ObjectKey place, long revision) {}

  private final ResourceStore store;
  private final KeyMaker maker;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /**
   * Knows nothing yet.
   *
   * @param store where the records stand in the clear
   */
  ClusterKeys(ResourceStore store, KeyMaker maker) {
    this.store = store;
    this.maker = maker;
  }

  /** Reads all records at once, so that they need not be read one by one. */
  void load() {
    ObjectKey after = null;
    StorePage page;
    do {
      page = store.list(KeyRecord.RESOURCE, "", 0, after, PAGE);
      for (StoredValue value : page.values()) {
        learn(value);
        after = value.key();
      }
    } while (page.more());
  }

  /**
   * The key that something of a cluster is written with; made if there is none.
   *
   * @throws SealedException if there can be none now
   */
  Current current(String cluster, GroupResource resource) {
    Held now = known(cluster).sound();
    for (int count = 0; count < TRIES; count++) {
      KeyRecord record = now.record();
      if (record != null && record.resources().contains(resource)) {
        DataKey key = open(cluster, now, record.current());
        return new Current(key, KeyRecord.place(cluster), now.revision());
      }
      KeyRecord next =
          record == null
              ? new KeyRecord(List.of(maker.make(cluster)), Set.of(resource))
              : record.with(resource);
      now = write(cluster, now, next).now().sound();
    }
    throw busy(cluster);
  }

  /**
   * The key of an id.
   *
   * @throws SealedException if it is not to be had now
   */
  DataKey find(String cluster, long id) {
    Held now = held.get(cluster);
    DataKey ready = now == null ? null : now.memory().open().get(id);
    return ready != null ? ready : search(cluster, id);
  }

  private DataKey search(String cluster, long id) {
    Held now = known(cluster);
    if (now.find(id).isEmpty() && now.memory().missing().add(id)) {
      now = read(cluster);
    }
    Optional<Entry> entry = now.sound().find(id);
    if (entry.isEmpty()) {
      throw new SealedException(
          "its tenant has no data key "
              + DataKey.text(id)
              + "; the value was moved here, or the key is gone for good: restore both from a"
              + " backup of etcd, or remove the object's key from etcd");
    }
    return open(cluster, now, entry.get());
  }

  private DataKey open(String cluster, Held now, Entry entry) {
    Memory memory = now.memory();
    DataKey ready = memory.open().get(entry.id());
    if (ready != null) {
      return ready;
    }
    Held.Failure failure = memory.failed().get(entry.id());
    Instant time = maker.now();
    if (failure != null && time.isBefore(failure.until())) {
      throw new SealedException(failure.message());
    }
    try {
      DataKey opened = maker.open(cluster, entry);
      memory.open().put(entry.id(), opened);
      memory.failed().remove(entry.id());
      return opened;
    } catch (KeyServiceException e) {
      String message = String.valueOf(e.getMessage());
      memory.failed().put(entry.id(), new Held.Failure(message, time.plus(PEACE)));
      throw new SealedException(message);
    }
  }

  /** Forgets what failed, to try it again at once. */
  void retry() {
    held.values().forEach(each -> each.memory().failed().clear());
  }

  /** What is known without asking the store. */
  Map<String, Held> all() {
    return Map.copyOf(held);
  }

  /** Takes in what the store's watch tells of a record. */
  void told(StoreEvent event) {
    switch (event) {
      case StoreEvent.Put(StoredValue stored) -> learn(stored);
      case StoreEvent.Deleted(ObjectKey key, long revision) ->
          held.computeIfPresent(
              key.cluster(), (cluster, now) -> now.revision() < revision ? null : now);
    }
  }

  /** Reads a cluster's record from the store. */
  Held read(String cluster) {
    Optional<StoredValue> found = store.get(KeyRecord.place(cluster));
    return merge(cluster, found.orElse(null), false);
  }

  private void learn(StoredValue stored) {
    merge(stored.key().cluster(), stored, true);
  }

  private Held merge(String cluster, @Nullable StoredValue found, boolean renew) {
    return held.compute(
        cluster,
        (name, now) -> {
          Memory memory = now == null ? Memory.fresh() : now.memory();
          if (found == null) {
            return Held.nothing(
                new Memory(new ConcurrentHashMap<>(), memory.missing(), memory.failed()));
          }
          return now != null && now.revision() >= found.revision()
              ? now
              : Held.of(found.value(), found.revision(), renew ? memory.renewed() : memory);
        });
  }

  private Held known(String cluster) {
    Held now = held.get(cluster);
    return now != null ? now : read(cluster);
  }

  /**
   * Changes a cluster's record in the store.
   *
   * @param change the same record back to leave it as it is
   * @return the record as it then is; empty if the cluster has none
   */
  Optional<KeyRecord> change(String cluster, UnaryOperator<KeyRecord> change) {
    Held now = read(cluster).sound();
    for (int count = 0; count < TRIES; count++) {
      KeyRecord record = now.record();
      if (record == null) {
        return Optional.empty();
      }
      KeyRecord next = change.apply(record);
      if (next.equals(record)) {
        return Optional.of(record);
      }
      Written written = write(cluster, now, next);
      if (written.done()) {
        return Optional.of(next);
      }
      now = written.now().sound();
    }
    throw busy(cluster);
  }

  /**
   * What came of writing a record.
   *
   * @param now what the store has, by this write or another
   */
  private record Written(boolean done, Held now) {}

  /** Writes a record in the place of what is known. */
  private Written write(String cluster, Held before, KeyRecord next) {
    ObjectKey place = KeyRecord.place(cluster);
    byte[] json = next.json();
    Change change =
        before.record() == null
            ? new Change.Create(place, json)
            : new Change.Update(place, before.revision(), json);
    return switch (store.commit(List.of(change))) {
      case CommitResult.Committed(long revision) ->
          new Written(true, merge(cluster, new StoredValue(place, json, revision), false));
      case CommitResult.Conflict(Map<ObjectKey, Optional<StoredValue>> current) ->
          new Written(
              false,
              merge(cluster, current.getOrDefault(place, Optional.empty()).orElse(null), false));
      case CommitResult.TooLarge(long bytes) ->
          throw new SealedException("its tenant has too many data keys; retire those not in use");
    };
  }

  /** Destroys a cluster's keys: what they sealed can never be read again. */
  void destroy(String cluster) {
    for (int count = 0; count < TRIES; count++) {
      Held now = read(cluster);
      if (now.revision() == 0) {
        held.remove(cluster);
        return;
      }
      store.commit(List.of(new Change.Delete(KeyRecord.place(cluster), now.revision())));
    }
    throw busy(cluster);
  }

  KeyMaker maker() {
    return maker;
  }

  Instant now() {
    return maker.now();
  }

  private static SealedException busy(String cluster) {
    return new SealedException("the data keys of " + cluster + " change all the time; try again");
  }
}
