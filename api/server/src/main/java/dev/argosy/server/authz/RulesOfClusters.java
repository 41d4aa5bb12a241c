package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
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

  public RulesOfClusters(ResourceCaches caches, BootstrapRbac bootstrap) {
    this.caches = caches;
    this.bootstrap = bootstrap;
    this.untouched = ClusterRules.compile(bootstrap.roles(), bootstrap.bindings());
    for (RbacKind kind : RbacKind.values()) {
      followers.add(new CacheFollower(caches.of(kind.resource()), new Dropping()));
    }
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
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.forEach(event -> compiled.remove(event.object().cluster()));
    }
  }
}
