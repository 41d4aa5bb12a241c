package dev.argosy.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.CachedObjects;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.testing.FakeClusters;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.SubjectRef;
import dev.argosy.tenancy.member.Term;
import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.role.CustomRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever rights somebody has, and whatever they try to give: what the guards let through gives
 * nobody what its maker does not have, in any tenant, at any time.
 */
@SuppressWarnings("NullAway") // all is there before the first try
class RoleGivingProperties {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant SOON = NOW.plusSeconds(60);
  private static final Instant LATE = NOW.plusSeconds(600);
  private static final List<Instant> TIMES = List.of(NOW, SOON, LATE);
  private static final List<Optional<Instant>> ENDS =
      List.of(Optional.empty(), Optional.of(SOON), Optional.of(LATE));

  /** One above the other, and one that is nothing to them. */
  private static final List<String> TENANTS = List.of("up", "up-low", "far");

  private static final List<String> CLUSTERS = List.of("up", "up-low", "far", "root");

  private static final List<String> OWN_ROLES =
      List.of("up.a", "up.b", "up-low.a", "far.a", "p-a", "p-b", "p-c");
  private static final List<String> ROLES =
      Stream.concat(OWN_ROLES.stream(), Stream.of("admin", "member", "viewer")).toList();
  private static final List<String> GRANTS =
      List.of("platform-admin", "platform-operator", "platform-viewer", "p-a", "p-b", "up.a");
  private static final List<String> VERBS = List.of("get", "create", "bind", "escalate", "*");
  private static final List<String> GROUPS = List.of("", "apps", "tenancy.argosy.dev", "*");
  private static final List<String> RESOURCES =
      List.of("pods", "pods/log", "*/log", "members", "tenantroles", "*");
  private static final List<String> PATHS = List.of("/metrics", "/m*", "*");

  private static final Rights RIGHTS = new Rights();
  private static MemoryStore store;
  private static StoreCaches caches;
  private static NamedRoles roles;
  private static RulesOfClusters rules;
  private static HeldRules held;
  private static RoleGivingGuard members;
  private static TenantRoleGuard definitions;

  /** Who has what; the rig sets it for each try. */
  private static final class Rights implements TenantAccess {
    List<Member> members = List.of();
    List<AccessGrant> grants = List.of();
    Instant now = NOW;

    @Override
    public List<AccessGrant> grantsOf(UserInfo user) {
      return grants.stream()
          .filter(g -> g.subject().name().equals(user.name()) && !g.term().over(now))
          .toList();
    }

    @Override
    public List<Member> membershipsOf(UserInfo user) {
      return members.stream()
          .filter(m -> m.subject().name().equals(user.name()) && !m.term().over(now))
          .toList();
    }

    @Override
    public List<Member> membershipsOf(UserInfo user, String tenant) {
      return membershipsOf(user).stream().filter(m -> includes(m.tenant(), tenant)).toList();
    }

    @Override
    public boolean includes(String upper, String tenant) {
      return upper.equals(tenant) || (upper.equals("up") && tenant.equals("up-low"));
    }
  }

  @BeforeContainer
  static void start() throws InterruptedException {
    store = new MemoryStore();
    caches = new StoreCaches(store);
    Random random = new Random(7);
    for (String role : OWN_ROLES) {
      put(CustomRole.RESOURCE, "root", role, definition(role, randomRules(random)));
    }
    String everything = // in one cluster by its own binding, which reaches nothing else
        "{\"metadata\":{\"name\":\"all\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"cluster-admin\"},"
            + "\"subjects\":[{\"kind\":\"User\",\"name\":\"bound\"}]}";
    put(RbacKind.CLUSTER_ROLE_BINDING.resource(), "up", "all", everything);
    caches.of(CustomRole.RESOURCE).currentSnapshot(Duration.ofSeconds(20));
    for (RbacKind kind : RbacKind.values()) {
      caches.of(kind.resource()).currentSnapshot(Duration.ofSeconds(20));
    }
    BootstrapRbac bootstrap = BootstrapRbac.load();
    FakeClusters clusters = new FakeClusters();
    TENANTS.forEach(tenant ->
        clusters.put(tenant, dev.argosy.server.access.ClusterDirectory.Phase.ACTIVE, Set.of()));
    roles = new NamedRoles(caches, RIGHTS, bootstrap);
    roles.start(Duration.ofSeconds(20));
    rules = new RulesOfClusters(caches, bootstrap);
    held = new HeldRules(clusters, RIGHTS, rules, roles);
    TenantAffairs affairs = new TenantAffairs(RIGHTS, roles);
    Giving giving = new Giving(held, new LastingRules(RIGHTS, roles, Bounds.NONE), affairs);
    members =
        new RoleGivingGuard(
            giving, roles, new CachedObjects(caches, r -> store), AdmissionRequest::user);
    definitions = new TenantRoleGuard(giving, roles);
  }

  @AfterContainer
  static void stop() {
    roles.close();
    rules.close();
    caches.close();
  }

  private static void put(GroupResource resource, String cluster, String name, String json) {
    store.commit(
        List.of(
            new Change.Create(
                new ObjectKey(resource, cluster, "", name),
                json.getBytes(StandardCharsets.UTF_8))));
  }

  private static String tenantOf(String role) {
    int dot = role.indexOf('.');
    return dot < 0 ? "" : role.substring(0, dot);
  }

  private static String definition(String role, String rules) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"tenant\":\"%s\",\"rules\":[%s]}}"
        .formatted(role, tenantOf(role), rules);
  }

  private static String randomRules(Random random) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      all.add(
          random.nextInt(4) == 0
              ? "{\"verbs\":[\"%s\"],\"nonResourceURLs\":[\"%s\"]}"
                  .formatted(any(VERBS, random), any(PATHS, random))
              : "{\"verbs\":[\"%s\",\"%s\"],\"apiGroups\":[\"%s\"],\"resources\":[\"%s\"]%s}"
                  .formatted(
                      any(VERBS, random),
                      any(VERBS, random),
                      any(GROUPS, random),
                      any(RESOURCES, random),
                      random.nextInt(3) == 0 ? ",\"resourceNames\":[\"x\"]" : ""));
    }
    return String.join(",", all);
  }

  private static String any(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  /** Rights of the maker: members and grants. */
  record Maker(String name, List<Member> members, List<AccessGrant> grants) {}

  @Provide
  Arbitrary<Maker> makers() {
    Arbitrary<String> names = Arbitraries.of("maker", "bound");
    Arbitrary<Optional<Instant>> ends = Arbitraries.of(ENDS);
    Arbitrary<Member> member =
        Combinators.combine(Arbitraries.of(TENANTS), Arbitraries.of(ROLES), ends)
            .as((tenant, role, end) -> new Member("m", tenant, user("maker"), role, new Term(end)));
    Arbitrary<AccessGrant> grant =
        Combinators.combine(Arbitraries.of(GRANTS), ends)
            .as((role, end) -> new AccessGrant("g", role, user("maker"), new Term(end), ""));
    return Combinators.combine(names, member.list().ofMaxSize(3), grant.list().ofMaxSize(1))
        .as(RoleGivingProperties::named);
  }

  private static Maker named(String name, List<Member> members, List<AccessGrant> grants) {
    SubjectRef subject = user(name);
    return new Maker(
        name,
        members.stream()
            .map(m -> new Member(m.name(), m.tenant(), subject, m.role(), m.term()))
            .toList(),
        grants.stream()
            .map(g -> new AccessGrant(g.name(), g.role(), subject, g.term(), ""))
            .toList());
  }

  private static SubjectRef user(String name) {
    return new SubjectRef(SubjectRef.Kind.USER, name);
  }

  private static UserInfo info(String name) {
    return new UserInfo(name, "", List.of(UserInfo.AUTHENTICATED), Map.of());
  }

  @Property(tries = 3000)
  void noMemberGetsWhatItsMakerHasNot(
      @ForAll("makers") Maker maker,
      @ForAll("tenants") String tenant,
      @ForAll("roles") String role,
      @ForAll("ends") Optional<Instant> end) {
    have(maker);
    String term = end.map(e -> ",\"expiresAt\":\"" + e + "\"").orElse("");
    String json =
        ("{\"metadata\":{\"name\":\"%s.new\"},\"spec\":{\"tenant\":\"%s\",\"role\":\"%s\","
                + "\"subject\":{\"kind\":\"User\",\"name\":\"new\"}%s}}")
            .formatted(tenant, tenant, role, term);
    boolean allowed = passes(members, maker, Member.RESOURCE, "Member", json);
    if (maker.members().stream().anyMatch(m -> wholly(m, tenant)) && reaches(role, tenant)) {
      assertThat(allowed).as("an administrator gives any role").isTrue();
    }
    if (allowed && !mayBeyond(maker, "bind", tenant, role, new Term(end))) {
      Member made = new Member("n", tenant, user("new"), role, new Term(end));
      compare(maker, List.of(made), List.of());
    }
  }

  @Property(tries = 1500)
  void noGrantGivesWhatItsMakerHasNot(
      @ForAll("makers") Maker maker,
      @ForAll("grants") String role,
      @ForAll("ends") Optional<Instant> end) {
    have(maker);
    String term = end.map(e -> ",\"expiresAt\":\"" + e + "\"").orElse("");
    String json =
        ("{\"metadata\":{\"name\":\"new\"},\"spec\":{\"role\":\"%s\","
                + "\"subject\":{\"kind\":\"User\",\"name\":\"new\"}%s}}")
            .formatted(role, term);
    if (passes(members, maker, AccessGrant.RESOURCE, "AccessGrant", json)
        && !mayBeyond(maker, "bind", "", role, new Term(end))) {
      compare(
          maker, List.of(), List.of(new AccessGrant("n", role, user("new"), new Term(end), "")));
    }
  }

  @Property(tries = 3000)
  void noRoleComesToAllowWhatItsMakerHasNot(
      @ForAll("makers") Maker maker, @ForAll("ownRoles") String role, @ForAll long seed) {
    have(maker);
    String json = definition(role, randomRules(new Random(seed)));
    if (passes(definitions, maker, CustomRole.RESOURCE, "TenantRole", json)
        && !mayBeyond(maker, "escalate", tenantOf(role), "", Term.OPEN)) {
      List<PolicyRule> now = roles.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
      for (String tenant : TENANTS) {
        if (reaches(role, tenant)) {
          requireHeld(maker, tenant, now, LATE.plusSeconds(1));
        }
      }
    }
  }

  @Provide
  Arbitrary<String> tenants() {
    return Arbitraries.of(TENANTS);
  }

  @Provide
  Arbitrary<String> roles() {
    return Arbitraries.of(ROLES);
  }

  @Provide
  Arbitrary<String> ownRoles() {
    return Arbitraries.of(OWN_ROLES);
  }

  @Provide
  Arbitrary<String> grants() {
    return Arbitraries.of(GRANTS);
  }

  @Provide
  Arbitrary<Optional<Instant>> ends() {
    return Arbitraries.of(ENDS);
  }

  private static void have(Maker maker) {
    RIGHTS.members = maker.members();
    RIGHTS.grants = maker.grants();
    RIGHTS.now = NOW;
  }

  private static boolean wholly(Member member, String tenant) {
    return member.administers()
        && member.term().equals(Term.OPEN)
        && RIGHTS.includes(member.tenant(), tenant);
  }

  private static boolean reaches(String role, String tenant) {
    String of = tenantOf(role);
    return of.isEmpty() || RIGHTS.includes(of, tenant);
  }

  /** Whether a rule says that the maker may give more than they have, for so long. */
  private static boolean mayBeyond(
      Maker maker, String verb, String tenant, String role, Term term) {
    Attributes asked = TenantAffairs.asked(info(maker.name()), verb, CustomRole.RESOURCE, role);
    RIGHTS.now = term.expiresAt().map(end -> end.minusMillis(1)).orElse(LATE.plusSeconds(1));
    List<PolicyRule> own = new ArrayList<>();
    RIGHTS
        .grantsOf(asked.user())
        .forEach(g -> own.addAll(roles.of(g, tenant.isEmpty() ? "*" : tenant)));
    RIGHTS.grantsOf(asked.user()).forEach(g -> own.addAll(roles.of(g, "root")));
    if (!tenant.isEmpty()) {
      RIGHTS.membershipsOf(asked.user(), tenant).forEach(m -> own.addAll(roles.of(m)));
    }
    RIGHTS.now = NOW;
    return own.stream().anyMatch(rule -> rule.allows(asked));
  }

  private static boolean passes(
      AdmissionStep guard, Maker maker, GroupResource resource, String kind, String json) {
    ResourceType type =
        new ResourceType(
            resource.group(),
            "v1",
            resource.resource(),
            "",
            kind,
            false,
            List.of(),
            List.of(),
            List.of(),
            Set.of());
    try {
      guard.validate(
          new AdmissionRequest(
              new AdmissionRequest.Target(type, "root", "", "", "", false),
              Operation.CREATE,
              info(maker.name()),
              Json.parse(json.getBytes(StandardCharsets.UTF_8)),
              null));
      return true;
    } catch (StatusException refused) {
      assertThat(refused.status().code()).isIn(403, 422);
      return false;
    }
  }

  /** What somebody new has by these at any time, the maker has at that time. */
  private static void compare(Maker maker, List<Member> made, List<AccessGrant> granted) {
    for (Instant time : TIMES) {
      for (String tenant : CLUSTERS) {
        List<PolicyRule> given = new ArrayList<>();
        made.stream()
            .filter(m -> !m.term().over(time) && RIGHTS.includes(m.tenant(), tenant))
            .forEach(m -> given.addAll(roles.of(m)));
        granted.stream()
            .filter(g -> !g.term().over(time))
            .forEach(g -> given.addAll(roles.of(g, tenant)));
        requireHeld(maker, tenant, given, time);
      }
    }
  }

  private static void requireHeld(
      Maker maker, String tenant, List<PolicyRule> given, Instant time) {
    RIGHTS.now = time;
    for (Attributes asked : questions(maker.name(), tenant)) {
      if (given.stream().anyMatch(rule -> rule.allows(asked))) {
        boolean[] may = new boolean[1];
        held.visit(
            asked.user(),
            tenant,
            "",
            (own, origin) -> {
              may[0] |=
                  !(origin.get() instanceof Origin.Bound)
                      && own.stream().anyMatch(rule -> rule.allows(asked));
              return false;
            });
        assertThat(may[0]).as(maker + " at " + time + " gives " + asked).isTrue();
      }
    }
  }

  private static List<Attributes> questions(String user, String tenant) {
    List<Attributes> all = new ArrayList<>();
    for (String verb : List.of("get", "create", "bind", "escalate", "delete")) {
      for (String group : List.of("", "apps", "tenancy.argosy.dev", "other")) {
        for (String resource : List.of("pods", "members", "tenantroles", "secrets")) {
          for (String part : List.of("", "log")) {
            for (String name : List.of("", "x")) {
              all.add(
                  new Attributes(
                      info(user), tenant, verb, group, "v1", resource, part, "", name, ""));
            }
          }
        }
      }
      for (String path : List.of("/metrics", "/mine", "/api")) {
        all.add(new Attributes(info(user), tenant, verb, "", "", "", "", "", "", path));
      }
    }
    return all;
  }
}
