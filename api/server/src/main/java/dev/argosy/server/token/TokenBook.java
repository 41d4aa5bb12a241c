package dev.argosy.server.token;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.access.TokenMark;
import dev.argosy.server.authz.Bound;
import dev.argosy.server.authz.BoundReader;
import dev.argosy.server.authz.Bounds;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Followed;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.tenancy.member.SubjectRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tokens of all clusters in memory, and how far each goes; current by watching. */
public final class TokenBook implements Bounds, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TokenBook.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** However many unknown tokens come, the store is not asked more often than this. */
  private static final Duration REST = Duration.ofMillis(100);

  /** A token and how far it goes. */
  record Entry(AccessToken token, Bound bound) {}

  private final Map<ObjectKey, Entry> byKey = new ConcurrentHashMap<>();
  private final Map<String, Entry> byId = new ConcurrentHashMap<>();
  private final Map<SubjectRef, Set<ObjectKey>> bySubject = new ConcurrentHashMap<>();
  private final WatchCache cache;
  private final Followed progress;
  private final CacheFollower follower;
  private final TenantAccess tenants;
  private final BoundReader scopes;
  private final Clock clock;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock asking = new ReentrantLock();
  private final Condition rested = asking.newCondition();
  private Instant asked = Instant.EPOCH;
  private volatile Object stamp = new Object();

  /**
   * @param tenants to tell which tenants stand below others
   */
  public TokenBook(ResourceCaches caches, TenantAccess tenants, BoundReader scopes, Clock clock) {
    this.cache = caches.of(AccessToken.RESOURCE);
    this.progress = new Followed(cache);
    this.follower = new CacheFollower(cache, new Rows());
    this.tenants = tenants;
    this.scopes = scopes;
    this.clock = clock;
  }

  /**
   * Begins to follow and waits for the first state.
   *
   * @throws StoreUnavailableException if that is not there in time
   */
  public void start(Duration timeout) throws InterruptedException {
    follower.start();
    if (!follower.awaitKnown(timeout)) {
      throw new StoreUnavailableException(
          "access tokens could not be read in " + timeout, new IllegalStateException("timeout"));
    }
  }

  /** The token of that id; asks what other servers made just now if it is not known. */
  Optional<Entry> find(String id) {
    Entry known = byId.get(id);
    if (known == null && catchUp()) {
      known = byId.get(id);
    }
    return Optional.ofNullable(known);
  }

  Optional<Entry> at(ObjectKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  Collection<Entry> all() {
    return byKey.values();
  }

  /** The tokens of a subject, in all clusters. */
  Set<ObjectKey> of(SubjectRef subject) {
    return Set.copyOf(bySubject.getOrDefault(subject, Set.of()));
  }

  /** Waits until a write counts here; a moment at most. */
  void await(long revision) {
    if (!progress.counted(revision, PATIENCE)) {
      LOG.warn("access tokens are not yet those of revision {}", revision);
    }
  }

  /**
   * Whether what is known is as new as this call. Those who come while the store rests wait for the
   * one question that follows.
   */
  private boolean catchUp() {
    Instant called = clock.instant();
    asking.lock();
    try {
      while (rest() > 0 && !asked.isAfter(called)) {
        rested.awaitNanos(rest());
      }
      if (asked.isAfter(called)) {
        return true; // whoever was here before has seen to it
      }
      asked = clock.instant();
      await(cache.currentSnapshot(PATIENCE).revision());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      LOG.debug("the store does not say which access tokens there are", e);
      return false;
    } finally {
      asking.unlock();
    }
  }

  /** Nanoseconds until the store may be asked again. */
  private long rest() {
    return Duration.between(clock.instant(), asked.plus(REST)).toNanos();
  }

  @Override
  public Optional<Bound> of(UserInfo user) {
    Optional<String> id = TokenMark.of(user);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Entry known = byId.get(id.get());
    return Optional.of(
        known == null || known.token.over(clock.instant()) ? Bound.CLOSED : known.bound);
  }

  @Override
  public Object stamp() {
    return stamp;
  }

  @Override
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  private void changed(Set<String> clusters) {
    stamp = new Object();
    for (String cluster : clusters) {
      if (cluster.equals(ClusterDirectory.ROOT)) {
        listeners.forEach(listener -> listener.accept(RightsHistory.EVERYWHERE));
      } else {
        listeners.forEach(listener -> listener.accept(cluster));
        for (String below : tenants.below(cluster)) {
          listeners.forEach(listener -> listener.accept(below));
        }
      }
    }
  }

  /** Whether a token of a cluster counts in another one, or in all at once ({@code *}). */
  private boolean counts(AccessToken token, String cluster) {
    boolean everywhere = token.cluster().equals(ClusterDirectory.ROOT);
    if (!everywhere && !tenants.includes(token.cluster(), cluster)) {
      return false;
    }
    List<String> only = new ArrayList<>();
    token.scope().says().path("tenants").forEach(tenant -> only.add(tenant.asString("")));
    return only.isEmpty() || only.stream().anyMatch(tenant -> tenants.includes(tenant, cluster));
  }

  @Override
  public void close() {
    follower.close();
  }

  /** One thread writes. */
  private final class Rows implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      Set<ObjectKey> there = new HashSet<>();
      for (String cluster : state.clusters()) {
        for (ApiObject object : state.list(cluster, "")) {
          there.add(object.key());
          put(object);
        }
      }
      List.copyOf(byKey.keySet()).stream()
          .filter(key -> !there.contains(key))
          .forEach(this::remove);
      progress.reached(state.revision());
      changed(Set.of(ClusterDirectory.ROOT));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      Set<String> clusters = new HashSet<>();
      for (CacheEvent event : events) {
        ObjectKey key = event.object().key();
        boolean other = event.type() == CacheEvent.Type.DELETED ? remove(key) : put(event.object());
        if (other) {
          clusters.add(key.cluster());
        }
      }
      progress.reached(events.getLast().object().revision());
      if (!clusters.isEmpty()) {
        TokenBook.this.changed(clusters);
      }
    }

    /** Whether somebody's rights are others now. What cannot be read gives none. */
    private boolean put(ApiObject object) {
      try {
        AccessToken token = AccessToken.of(object);
        Entry entry = new Entry(token, scopes.read(token.scope(), c -> counts(token, c)));
        Entry old = byKey.put(object.key(), entry);
        if (old != null && !old.token.id().equals(token.id())) {
          byId.remove(old.token.id(), old);
        }
        byId.put(token.id(), entry);
        bySubject
            .computeIfAbsent(token.subject(), subject -> ConcurrentHashMap.newKeySet())
            .add(object.key());
        return old == null || !old.token.means(token);
      } catch (IllegalArgumentException e) {
        LOG.warn("{} cannot be read and is good for nothing: {}", object.key(), e.getMessage());
        return remove(object.key());
      }
    }

    private boolean remove(ObjectKey key) {
      @Nullable Entry old = byKey.remove(key);
      if (old == null) {
        return false;
      }
      byId.remove(old.token.id(), old);
      bySubject.computeIfPresent(
          old.token.subject(),
          (subject, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
          });
      return true;
    }

    private void changed(Set<String> clusters) {
      TokenBook.this.changed(clusters);
    }
  }
}
