package dev.argosy.server.tenant;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.authn.HomeClusters;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.tenancy.breakglass.BreakGlass;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.Term;
import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.role.PlatformRole;
import dev.argosy.tenancy.tenant.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tenants, members and platform roles in memory, current by watching. */
public final class TenantDirectory
    implements ClusterDirectory, TenantAccess, HomeClusters, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TenantDirectory.class);
  private static final Set<String> AT_ROOT =
      Set.of(PlatformRole.ADMIN.text(), PlatformRole.OPERATOR.text());
  private static final LogicalCluster ROOT_CLUSTER =
      new LogicalCluster(ROOT, "", Phase.ACTIVE, Set.of());

  /**
   * A tenant's cluster.
   *
   * @param own as the tenant itself says
   * @param suspended the same while it, or a tenant above it, is suspended
   * @param held whether the tenant itself is
   * @param bound what the tenant itself says of its pods
   */
  private record Known(
      LogicalCluster own, LogicalCluster suspended, boolean held, Optional<PodBound> bound) {}

  private final Map<String, Known> clusters = new ConcurrentHashMap<>();
  private final Family family = new Family();
  private final Subjects<Member> members = new Subjects<>(Member::subject, Member::tenant);
  private final Subjects<AccessGrant> grants = new Subjects<>(AccessGrant::subject, g -> ROOT);
  private final Subjects<BreakGlass> emergencies = new Subjects<>(BreakGlass::subject, g -> ROOT);
  private final Clock clock;
  private final List<CacheFollower> followers;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile Object stamp = new Object();

  public TenantDirectory(ResourceCaches caches, Clock clock) {
    this.clock = clock;
    followers =
        List.of(
            new CacheFollower(
                caches.of(Tenant.RESOURCE),
                new Rows(
                    (name, tree) -> put(Tenant.of(tree)),
                    this::remove,
                    names -> {
                      clusters.keySet().retainAll(names);
                      family.retain(names);
                    },
                    changes(ApiObject::name))),
            new CacheFollower(
                caches.of(Member.RESOURCE),
                new Rows(
                    (name, tree) -> members.put(name, Member.of(tree)),
                    members::remove,
                    members::retain,
                    changes(TenantDirectory::tenantOf))),
            new CacheFollower(
                caches.of(AccessGrant.RESOURCE),
                new Rows(
                    (name, tree) -> grants.put(name, AccessGrant.of(tree)),
                    grants::remove,
                    grants::retain,
                    changes(grant -> RightsHistory.EVERYWHERE))),
            new CacheFollower(
                caches.of(BreakGlass.RESOURCE),
                new Rows(
                    (name, tree) -> emergencies.put(name, BreakGlass.of(tree)),
                    emergencies::remove,
                    emergencies::retain,
                    changes(TenantDirectory::tenantOf))));
  }

  private Changes changes(Function<ApiObject, String> where) {
    return new Changes(where, this::changed);
  }

  /** What changes for a tenant changes for those below it. */
  private void changed(Set<String> clusters) {
    stamp = new Object();
    for (String cluster : clusters) {
      listeners.forEach(listener -> listener.accept(cluster));
      for (String below : family.below(cluster)) {
        listeners.forEach(listener -> listener.accept(below));
      }
    }
  }

  private static String tenantOf(ApiObject object) {
    return object.tree().path("spec").path("tenant").asString("");
  }

  @Override
  public Object stamp() {
    return stamp;
  }

  @Override
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  /**
   * Begins to follow and waits for the first state.
   *
   * @throws StoreUnavailableException if that is not there in time
   */
  public void start(Duration timeout) throws InterruptedException {
    followers.forEach(CacheFollower::start);
    for (CacheFollower follower : followers) {
      if (!follower.awaitKnown(timeout)) {
        throw new StoreUnavailableException(
            "tenants could not be read in " + timeout, new IllegalStateException("timeout"));
      }
    }
  }

  @Override
  public Optional<LogicalCluster> find(String name) {
    if (name.equals(ROOT)) {
      return Optional.of(ROOT_CLUSTER);
    }
    Known known = clusters.get(name);
    if (known == null) {
      return Optional.empty();
    }
    boolean stopped = known.own.phase() != Phase.TERMINATING && family.anyUpwards(name, this::held);
    return Optional.of(stopped ? known.suspended : known.own);
  }

  private boolean held(String name) {
    Known known = clusters.get(name);
    return known != null && known.held;
  }

  @Override
  public List<PodBound> podBounds(String name) {
    List<PodBound> bounds = new ArrayList<>();
    family.anyUpwards(
        name,
        at -> {
          Known known = clusters.get(at);
          if (known != null) {
            known.bound.ifPresent(bounds::add);
          }
          return false;
        });
    return bounds;
  }

  private void put(Tenant tenant) {
    clusters.put(tenant.name(), known(tenant));
    family.put(tenant.name(), tenant.parent());
  }

  private void remove(String name) {
    clusters.remove(name);
    family.remove(name);
  }

  @Override
  public List<AccessGrant> grantsOf(UserInfo user) {
    return counting(grants.of(user), AccessGrant::term);
  }

  @Override
  public List<Member> membershipsOf(UserInfo user, String tenant) {
    return counting(members.of(user), Member::term).stream()
        .filter(m -> reaches(m, tenant))
        .toList();
  }

  @Override
  public List<Member> membershipsOf(UserInfo user) {
    return counting(members.of(user), Member::term);
  }

  @Override
  public List<AccessGrant> grants() {
    return counting(grants.all(), AccessGrant::term);
  }

  @Override
  public List<Member> membersOf(String tenant) {
    return counting(members.all(), Member::term).stream().filter(m -> reaches(m, tenant)).toList();
  }

  @Override
  public List<BreakGlass> emergenciesOf(UserInfo user, String tenant) {
    return emergencies(emergencies.of(user), tenant);
  }

  @Override
  public List<BreakGlass> emergenciesIn(String tenant) {
    return emergencies(emergencies.all(), tenant);
  }

  private List<BreakGlass> emergencies(List<BreakGlass> all, String tenant) {
    if (all.isEmpty()) {
      return all;
    }
    Instant now = clock.instant();
    return all.stream().filter(g -> g.tenant().equals(tenant) && g.counts(now)).toList();
  }

  /** Members of a tenant are members of those below it. */
  private boolean reaches(Member member, String tenant) {
    return includes(member.tenant(), tenant);
  }

  @Override
  public boolean includes(String upper, String tenant) {
    return upper.equals(tenant) || family.above(upper, tenant);
  }

  @Override
  public List<String> below(String tenant) {
    return family.below(tenant);
  }

  /** Those that are not over by the clock, which is asked only if there is one that ends. */
  private <R> List<R> counting(List<R> roles, Function<R, Term> termOf) {
    for (R role : roles) {
      if (termOf.apply(role).expiresAt().isPresent()) {
        Instant now = clock.instant();
        return roles.stream().filter(each -> !termOf.apply(each).over(now)).toList();
      }
    }
    return roles;
  }

  @Override
  public Optional<String> homeOf(UserInfo user) {
    if (grantsOf(user).stream().anyMatch(g -> AT_ROOT.contains(g.role()))) {
      return Optional.of(ROOT);
    }
    List<String> tenants = membershipsOf(user).stream().map(Member::tenant).distinct().toList();
    List<String> uppermost =
        tenants.stream()
            .filter(tenant -> tenants.stream().noneMatch(upper -> family.above(upper, tenant)))
            .toList();
    return uppermost.size() == 1 ? Optional.of(uppermost.getFirst()) : Optional.empty();
  }

  @Override
  public void close() {
    followers.forEach(CacheFollower::close);
  }

  private static Known known(Tenant tenant) {
    Phase phase =
        switch (tenant.phase()) {
          case PENDING, UNKNOWN -> Phase.PENDING;
          case TERMINATING -> Phase.TERMINATING;
          case ACTIVE, SUSPENDED, DELETION_REQUESTED -> Phase.ACTIVE;
        };
    Optional<PodBound> bound =
        tenant
            .podSecurity()
            .map(said -> new PodBound(tenant.name(), said.enforce(), said.enforceVersion()));
    return new Known(
        cluster(tenant, phase), cluster(tenant, Phase.SUSPENDED), tenant.held(), bound);
  }

  private static LogicalCluster cluster(Tenant tenant, Phase phase) {
    return new LogicalCluster(tenant.name(), tenant.uid(), phase, Set.copyOf(tenant.nodePools()));
  }

  /** Who is told that rights changed, and where. */
  private record Changes(Function<ApiObject, String> where, Consumer<Set<String>> tell) {

    void of(List<CacheEvent> events) {
      Set<String> clusters = new HashSet<>();
      for (CacheEvent event : events) {
        clusters.add(where.apply(event.object()));
        event.previous().map(where).ifPresent(clusters::add);
      }
      tell.accept(clusters);
    }
  }

  /** Objects of one kind into the maps. An object that cannot be read gives no rights. */
  private record Rows(
      BiConsumer<String, ObjectNode> put,
      Consumer<String> remove,
      Consumer<Set<String>> retain,
      Changes changes)
      implements CacheFollower.Listener {

    @Override
    public void reset(CacheSnapshot state) {
      Set<String> names = new HashSet<>();
      for (ApiObject object : state.list(ROOT, "")) {
        names.add(object.name());
      }
      retain.accept(names);
      state.list(ROOT, "").forEach(this::read);
      changes.tell().accept(Set.of(RightsHistory.EVERYWHERE));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (event.object().cluster().equals(ROOT)) {
          if (event.type() == CacheEvent.Type.DELETED) {
            remove.accept(event.object().name());
          } else {
            read(event.object());
          }
        }
      }
      changes.of(events);
    }

    private void read(ApiObject object) {
      try {
        put.accept(object.name(), object.tree());
      } catch (IllegalArgumentException e) {
        LOG.warn("{} cannot be read and gives no rights", object, e);
        remove.accept(object.name());
      }
    }
  }
}
