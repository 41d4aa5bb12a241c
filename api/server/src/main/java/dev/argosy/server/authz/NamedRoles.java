package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.TenantRole;
import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.role.CustomRole;
import dev.argosy.tenancy.role.PlatformRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What the roles mean that members and grants name: those that are always there, and those of
 * people's own making, current by watching. One thread writes, requests read.
 */
public final class NamedRoles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NamedRoles.class);

  /** A role of people's own making, with all its rules. */
  record Defined(CustomRole role, String uid, List<PolicyRule> rules) {}

  private final TenantRoleRules always;
  private final Map<String, List<PolicyRule>> ofMembers = new HashMap<>();
  private final Map<String, PlatformRole> ofPlatform = new HashMap<>();
  private final TenantAccess tenants;
  private final Map<String, Defined> defined = new ConcurrentHashMap<>();
  private final CacheFollower follower;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile Object stamp = new Object();

  /**
   * @param tenants to tell which tenants stand below others
   */
  public NamedRoles(ResourceCaches caches, TenantAccess tenants, BootstrapRbac bootstrap) {
    this.always =
        new TenantRoleRules(ClusterRules.compile(bootstrap.roles(), bootstrap.bindings()));
    this.tenants = tenants;
    for (TenantRole role : TenantRole.values()) {
      ofMembers.put(role.text(), always.of(role));
    }
    for (PlatformRole role : PlatformRole.values()) {
      ofPlatform.put(role.text(), role);
    }
    this.follower = new CacheFollower(caches.of(CustomRole.RESOURCE), new Rows());
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
          "roles could not be read in " + timeout, new IllegalStateException("timeout"));
    }
  }

  /** What a member has, wherever it counts; nothing if there is no such role for the tenant. */
  List<PolicyRule> of(Member member) {
    List<PolicyRule> known = ofMembers.get(member.role());
    if (known != null) {
      return known;
    }
    Defined own = defined.get(member.role());
    return own != null && reaches(own.role(), member.tenant()) ? own.rules() : List.of();
  }

  /** What a grant gives in a cluster, or in all of them. */
  List<PolicyRule> of(AccessGrant grant, String cluster) {
    PlatformRole known = ofPlatform.get(grant.role());
    if (known != null) {
      return always.of(known, cluster);
    }
    Defined own = defined.get(grant.role());
    return own != null && own.role().ofPlatform() ? own.rules() : List.of();
  }

  List<PolicyRule> of(TenantRole role) {
    return always.of(role);
  }

  /** What a role of the platform gives in the platform's own cluster. */
  List<PolicyRule> of(PlatformRole role) {
    return always.of(role);
  }

  /** The rules of a role as its object says, with what it includes. */
  List<PolicyRule> of(JsonNode object) {
    List<PolicyRule> all = new ArrayList<>();
    CustomRole.of(object).includes().forEach(role -> all.addAll(always.of(role)));
    all.addAll(PolicyRule.listOf(object.path("spec").path("rules")));
    return List.copyOf(all);
  }

  /**
   * The rules of that very role of people's own making, if it can be given in a cluster; empty if
   * not, or if it is gone.
   */
  Optional<List<PolicyRule>> defined(String name, String uid, String cluster) {
    return Optional.ofNullable(defined.get(name))
        .filter(one -> one.uid().equals(uid) && reaches(one.role(), cluster))
        .map(Defined::rules);
  }

  /** Whether a role can be given to members of a tenant. */
  boolean reaches(CustomRole role, String tenant) {
    return role.ofPlatform() || tenants.includes(role.tenant(), tenant);
  }

  /** The roles of people's own making that can be given in a cluster, by name. */
  List<Defined> givenIn(String cluster) {
    boolean root = cluster.equals(ClusterDirectory.ROOT);
    return defined.values().stream()
        .filter(one -> root ? one.role().ofPlatform() : reaches(one.role(), cluster))
        .sorted(Comparator.comparing(one -> one.role().name()))
        .toList();
  }

  /** Stands for all of this as it is now; equal to another if nothing changed. */
  Object stamp() {
    return stamp;
  }

  /** Tells of each cluster in which somebody's rights may have changed; must not block. */
  void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  private void changed(Set<String> where) {
    stamp = new Object();
    for (String tenant : where) {
      listeners.forEach(listener -> listener.accept(tenant));
      for (String below : tenants.below(tenant)) {
        listeners.forEach(listener -> listener.accept(below));
      }
    }
  }

  @Override
  public void close() {
    follower.close();
  }

  private final class Rows implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      Set<String> names = new HashSet<>();
      state.list(ClusterDirectory.ROOT, "").forEach(object -> names.add(object.name()));
      defined.keySet().retainAll(names);
      state.list(ClusterDirectory.ROOT, "").forEach(this::put);
      NamedRoles.this.changed(Set.of(RightsHistory.EVERYWHERE));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      Set<String> where = new HashSet<>();
      for (CacheEvent event : events) {
        String tenant = event.object().tree().path("spec").path("tenant").asString("");
        where.add(tenant.isEmpty() ? RightsHistory.EVERYWHERE : tenant);
        if (event.type() == CacheEvent.Type.DELETED) {
          defined.remove(event.object().name());
        } else {
          put(event.object());
        }
      }
      NamedRoles.this.changed(where);
    }

    /** One that cannot be read gives no rights. */
    private void put(ApiObject object) {
      try {
        JsonNode tree = object.tree();
        defined.put(object.name(), new Defined(CustomRole.of(tree), object.meta().uid(), of(tree)));
      } catch (IllegalArgumentException e) {
        LOG.warn("{} cannot be read and gives no rights", object, e);
        defined.remove(object.name());
      }
    }
  }
}
