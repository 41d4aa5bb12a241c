package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
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
 * The compiled rules of the clusters that are in use. A change of an RBAC object drops its
 * cluster's; they are compiled again when asked for.
 */
public final class RulesOfClusters implements AutoCloseable {

  /** Beyond so many clusters in use, all are dropped and those still in use come back. */
  private static final int MOST = 4096;

  private final ResourceCaches caches;
  private final BootstrapRbac bootstrap;
  private final ClusterRules untouched;
  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();
  private final List<CacheFollower> followers = new ArrayList<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  public RulesOfClusters(ResourceCaches caches, BootstrapRbac bootstrap) {
    this.caches = caches;
    this.bootstrap = bootstrap;
    this.untouched = ClusterRules.compile(bootstrap.roles(), bootstrap.bindings());
    for (RbacKind kind : RbacKind.values()) {
      followers.add(new CacheFollower(caches.of(kind.resource()), new Dropping()));
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
    Compiled known = compiled.get(cluster);
    if (known == null) {
      if (compiled.size() > MOST) {
        compiled.clear();
      }
      known = compiled.computeIfAbsent(cluster, Compiled::new);
    }
    return known.rules();
  }

  /**
   * One cluster's rules. It is in the map before the objects are read, so a change that comes later
   * always finds it and drops it.
   */
  private final class Compiled {
    private final String cluster;
    private final ReentrantLock compiling = new ReentrantLock();
    private volatile @Nullable ClusterRules rules;

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
    roles.addAll(0, bootstrap.roles());
    bindings.addAll(0, bootstrap.bindings());
    return ClusterRules.compile(roles, bindings);
  }

  /** Drops what changed. */
  private final class Dropping implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      compiled.clear();
      tell(state.clusters());
    }

    @Override
    public void changed(List<CacheEvent> events) {
      Set<String> clusters = new HashSet<>();
      events.forEach(event -> clusters.add(event.object().cluster()));
      clusters.forEach(compiled::remove);
      tell(clusters);
    }
  }
}
