package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.quota.Room;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.util.List;
import java.util.Optional;

/** The objects as writes see them: the cached state first, the store's own when it matters. */
final class Objects {

  private static final int ATTEMPTS = 10;

  /**
   * A state to write on.
   *
   * @param live whether it was read from the store just now; a cached one may be out of date
   * @param stored false for a preset, which no store has
   */
  record Base(ApiObject object, boolean live, boolean stored) {

    /** What the object takes up, and with another value. */
    Room room(byte[] value) {
      return new Room(before(), Room.of(object.key(), value), false);
    }

    /** What it gives back when it goes. */
    Room freed() {
      return new Room(before(), 0, false);
    }

    private long before() {
      return stored ? Room.of(object) : 0;
    }

    /** What puts another value in its place, if it is still the state. */
    Change replace(byte[] value) {
      return stored
          ? new Change.Update(object.key(), object.revision(), value)
          : new Change.Create(object.key(), value);
    }
  }

  private final StoreRouter stores;
  private final ResourceCaches caches;
  private final Presets presets;
  private final WriteListener listener;

  Objects(StoreRouter stores, ResourceCaches caches, Presets presets, WriteListener listener) {
    this.stores = stores;
    this.caches = caches;
    this.presets = presets;
    this.listener = listener;
  }

  /** Whoever wants to hear of writes is told of one that was kept. */
  void kept(Write write, String operation, long revision) {
    listener.kept(write, operation, revision);
  }

  /** Something that is done on a state of an object. */
  interface Attempt<T> {

    /**
     * Does it.
     *
     * @return what came of it; empty if that was no longer the state, and nothing was done
     * @throws StatusException if it may not be done on that state
     */
    Optional<T> on(Base base);
  }

  /**
   * Does something on the state that is known, and again on the store's as long as that has moved
   * on. What was refused on an old state counts for nothing.
   *
   * @throws StatusException as the attempt; NotFound; Conflict if the object changes all the time
   */
  <T> T settle(Write write, Attempt<T> attempt) {
    Base base = base(write.key()).orElseThrow(() -> missing(write));
    for (int count = 1; count <= ATTEMPTS; count++) {
      Optional<T> done = attempted(attempt, base);
      if (done.isPresent()) {
        return done.get();
      }
      base = live(write.key()).orElseThrow(() -> missing(write));
    }
    throw Status.stale(write.resource(), write.name()).asException();
  }

  private <T> Optional<T> attempted(Attempt<T> attempt, Base base) {
    try {
      return attempt.on(base);
    } catch (StatusException e) {
      if (current(base)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static StatusException missing(Write write) {
    return Status.notFound(write.resource(), write.name()).asException();
  }

  /** The cached state, or the store's if the cache has none, or the preset. */
  Optional<Base> base(ObjectKey key) {
    Optional<ApiObject> cached = caches.of(key.resource()).snapshot().get(key);
    return cached.map(object -> new Base(object, false, true)).or(() -> live(key));
  }

  /** The state in the store now, or the preset if it has none. */
  Optional<Base> live(ObjectKey key) {
    return stores
        .of(key.resource())
        .get(key)
        .map(v -> new Base(ApiObject.ofStored(key, v.revision(), v.value()), true, true))
        .or(() -> presets.find(key).map(preset -> new Base(preset, true, false)));
  }

  boolean preset(ObjectKey key) {
    return presets.find(key).isPresent();
  }

  /**
   * Whether a state is still the store's, so that what was refused or left as it is on it need not
   * be tried again; webhooks would be asked twice.
   */
  boolean current(Base base) {
    return base.live() || revision(base.object().key()) == base.object().revision();
  }

  boolean exists(ObjectKey key) {
    return stores.of(key.resource()).get(key).isPresent();
  }

  /** The revision of a key that has no cache; 0 if it is absent. */
  long revision(ObjectKey key) {
    return stores.of(key.resource()).get(key).map(v -> v.revision()).orElse(0L);
  }

  /**
   * Applies changes; the new revision, or nothing if a condition did not hold.
   *
   * @throws dev.argosy.model.status.StatusException RequestEntityTooLarge
   */
  Optional<Long> commit(GroupResource resource, List<Change> changes) {
    return switch (stores.of(resource).commit(changes)) {
      case CommitResult.Committed(long revision) -> Optional.of(revision);
      case CommitResult.Conflict conflict -> Optional.empty();
      case CommitResult.TooLarge(long bytes) -> throw tooLarge(bytes);
    };
  }

  static StatusException tooLarge(long bytes) {
    return Status.of(
            Reason.REQUEST_ENTITY_TOO_LARGE,
            "etcdserver: request is too large: " + bytes + " bytes")
        .asException();
  }
}
