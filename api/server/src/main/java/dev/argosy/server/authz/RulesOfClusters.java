package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Followed;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The compiled rules of the clusters that are in use. A change of an RBAC object changes what
 * depends on it in its cluster's, if they were compiled.
 */
public final class RulesOfClusters implements AutoCloseable {

  /** Beyond so many clusters in use, all are dropped and those still in use come back. */
  private static final int MOST = 4096;

  private final ResourceCaches caches;
  private final BootstrapRbac bootstrap;
  private final ClusterRules untouched;
  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();
  private final List<CacheFollower> followers = new ArrayList<>();
  private final List<Followed> followed = new ArrayList<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  public RulesOfClusters(ResourceCaches caches, BootstrapRbac bootstrap) {
    this.caches = caches;
    this.bootstrap = bootstrap;
    this.untouched = ClusterRules.compile(bootstrap.roles(), bootstrap.bindings());
    for (RbacKind kind : RbacKind.values()) {
      Followed progress = new Followed(caches.of(kind.resource()));
      followed.add(progress);
      followers.add(new CacheFollower(caches.of(kind.resource()), new Changing(kind, progress)));
    }
  }

  /** Tells of each cluster whose RBAC objects changed, after that; must not block. */
  void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  private void tell(Set<String> clusters) {
    clusters.forEach(cluster -> listeners.forEach(listener -> listener.accept(cluster)));
  }

  /** The clusters that have RBAC objects of their own. */
  Set<String> clusters() {
    Set<String> clusters = new HashSet<>();
    for (RbacKind kind : RbacKind.values()) {
      clusters.addAll(caches.of(kind.resource()).snapshot().clusters());
    }
    return clusters;
  }

  /** The stored ones of a cluster. */
  List<ApiObject> stored(RbacKind kind, String cluster) {
    List<ApiObject> stored = new ArrayList<>();
    caches.of(kind.resource()).snapshot().list(cluster, "").forEach(stored::add);
    return stored;
  }

  /** A cluster role, if the cluster has stored it. */
  Optional<ApiObject> storedRole(String cluster, String name) {
    GroupResource resource = RbacKind.CLUSTER_ROLE.resource();
    return caches.of(resource).snapshot().get(new ObjectKey(resource, cluster, "", name));
  }

  /** Stands for the rules of a cluster as they count now: another one after each change. */
  Object stamp(String cluster) {
    return compiled(cluster).stamp;
  }

  /** Waits until all changes up to a revision count; false if time is up. */
  boolean counted(long revision, Duration patience) {
    return followed.stream().allMatch(one -> one.counted(revision, patience));
  }

  /** Whether a cluster's objects are those of that revision; false if nobody knows any more. */
  boolean unchangedSince(String cluster, long revision) {
    return followed.stream().allMatch(one -> one.unchangedSince(cluster, revision));
  }

  /** What a cluster without RBAC objects of its own has. */
  ClusterRules untouched() {
    return untouched;
  }

  /** Begins to follow changes. */
  public void start() {
    followers.forEach(CacheFollower::start);
  }

  @Override
  public void close() {
    followers.forEach(CacheFollower::close);
  }

  ClusterRules of(String cluster) {
    return compiled(cluster).rules();
  }

  private Compiled compiled(String cluster) {
    Compiled known = compiled.get(cluster);
    if (known == null) {
      if (compiled.size() > MOST) {
        compiled.clear();
      }
      known = compiled.computeIfAbsent(cluster, Compiled::new);
    }
    return known;
  }

  /**
   * One cluster's rules. It is in the map before the objects are read, so a change that comes later
   * always finds it. What changed is read anew, so that no late word of an older state counts.
   */
  private final class Compiled {
    private final String cluster;
    private final ReentrantLock compiling = new ReentrantLock();
    private volatile @Nullable ClusterRules rules;
    private volatile Object stamp = new Object();

    Compiled(String cluster) {
      this.cluster = cluster;
    }

    ClusterRules rules() {
      ClusterRules done = rules;
      if (done == null) {
        compiling.lock();
        try {
          done = rules;
          if (done == null) {
            done = compile(cluster);
            rules = done;
          }
        } finally {
          compiling.unlock();
        }
      }
      return done;
    }

    void change(RbacKind kind, Set<ObjectKey> keys) {
      compiling.lock();
      try {
        ClusterRules now = rules;
        if (now == untouched) { // which all share
          rules = null;
        } else if (now != null) {
          CacheSnapshot state = caches.of(kind.resource()).snapshot();
          keys.forEach(key -> set(now, kind, key, state.get(key)));
        }
        stamp = new Object();
      } finally {
        compiling.unlock();
      }
    }
  }

  private static void set(
      ClusterRules rules, RbacKind kind, ObjectKey key, Optional<ApiObject> object) {
    Place place = new Place(key.namespace(), key.name());
    switch (kind) {
      case ROLE, CLUSTER_ROLE -> rules.role(place, object.map(Role::of).orElse(null));
      case ROLE_BINDING, CLUSTER_ROLE_BINDING ->
          rules.bind(place, object.flatMap(Binding::of).orElse(null));
    }
  }

  private ClusterRules compile(String cluster) {
    List<Role> roles = new ArrayList<>();
    List<Binding> bindings = new ArrayList<>();
    for (RbacKind kind : RbacKind.values()) {
      for (ApiObject object : caches.of(kind.resource()).snapshot().list(cluster, "")) {
        switch (kind) {
          case ROLE, CLUSTER_ROLE -> roles.add(Role.of(object));
          case ROLE_BINDING, CLUSTER_ROLE_BINDING -> Binding.of(object).ifPresent(bindings::add);
        }
      }
    }
    if (roles.isEmpty() && bindings.isEmpty()) {
      return untouched;
    }
    return ClusterRules.compile(bootstrap, roles, bindings);
  }

  /** Takes over what changed. */
  private final class Changing implements CacheFollower.Listener {
    private final RbacKind kind;
    private final Followed progress;

    Changing(RbacKind kind, Followed progress) {
      this.kind = kind;
      this.progress = progress;
    }

    @Override
    public void reset(CacheSnapshot state) {
      compiled.clear();
      progress.reached(state.revision());
      tell(state.clusters());
    }

    @Override
    public void changed(List<CacheEvent> events) {
      Map<String, Set<ObjectKey>> changed = new HashMap<>();
      for (CacheEvent event : events) {
        changed
            .computeIfAbsent(event.object().cluster(), c -> new HashSet<>())
            .add(event.object().key());
      }
      changed.forEach((cluster, keys) -> {
        Compiled known = compiled.get(cluster);
        if (known != null) {
          known.change(kind, keys);
        }
      });
      progress.reached(events.getLast().object().revision());
      tell(changed.keySet());
    }
  }
}
