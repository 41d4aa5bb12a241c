package dev.argosy.bench;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.CachedObjects;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.authz.BootstrapRbac;
import dev.argosy.server.authz.Explainer;
import dev.argosy.server.authz.HeldRules;
import dev.argosy.server.authz.NamedRoles;
import dev.argosy.server.authz.NodeRules;
import dev.argosy.server.authz.RbacKind;
import dev.argosy.server.authz.RuleAuthorizer;
import dev.argosy.server.authz.RulesOfClusters;
import dev.argosy.server.testing.FakeClusters;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.role.AccessGrant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decisions of the authorizer in a tenant with 10,000 bindings, each for a user of its own: half of
 * them for the whole cluster, half in 50 namespaces. One thread, no HTTP.
 */
final class ApiAccess implements Benchmark {

  private static final int BINDINGS = 10_000;
  private static final int CHANGES = 200;
  private static final int NAMESPACES = 50;
  private static final int PARTS = 1000;
  private static final int QUESTIONS = 500;
  private static final int WARM = 200_000;
  private static final int ROUNDS = 200_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Nobody is a member of anything: rules come from bindings only. */
  private static final TenantAccess NOBODY =
      new TenantAccess() {
        @Override
        public List<AccessGrant> grantsOf(UserInfo user) {
          return List.of();
        }

        @Override
        public List<Member> membershipsOf(UserInfo user, String tenant) {
          return List.of();
        }
      };

  @Override
  public void run(Consumer<Result> out) throws Exception {
    FakeClusters clusters = new FakeClusters();
    clusters.put("acme", Phase.ACTIVE, Set.of());
    MemoryStore store = filled();
    BootstrapRbac bootstrap = BootstrapRbac.load();
    try (StoreCaches caches = new StoreCaches(store);
        RulesOfClusters rules = new RulesOfClusters(caches, bootstrap)) {
      for (RbacKind kind : RbacKind.values()) {
        caches.of(kind.resource()).currentSnapshot(PATIENCE);
      }
      HeldRules held =
          new HeldRules(clusters, NOBODY, rules, new NamedRoles(caches, NOBODY, bootstrap));
      NodeRules nodes =
          new NodeRules(new CachedObjects(caches, resource -> store), node -> List.of());
      RuleAuthorizer authorizer = new RuleAuthorizer(held, nodes);
      double first = Delays.millis(() -> decide(authorizer, asked("user-1", "get"), true));
      out.accept(new Result("the first decision, which compiles all", first, "ms", ""));
      rules.start();
      changes(store, authorizer, out);
      measure("allowed in the cluster", authorizer, asked("user-4000", "get"), true, out);
      measure("allowed in the namespace", authorizer, asked("user-9000", "get"), true, out);
      measure("refused", authorizer, asked("user-9000", "delete"), false, out);
      parts(store, authorizer, out);
      Explainer explainer = new Explainer(held, nodes);
      Delays.of(QUESTIONS, () -> Delays.millis(() -> explainer.allWays(asked("user-1", "get"))))
          .report("who can, of all", "ms", out);
    }
  }

  private static MemoryStore filled() {
    MemoryStore store = new MemoryStore();
    for (int i = 0; i < BINDINGS; i++) {
      bind(store, i);
    }
    return store;
  }

  /** The first half of the bindings, and those past the end, are for the cluster. */
  private static void bind(MemoryStore store, int i) {
    boolean everywhere = i < BINDINGS / 2 || i >= BINDINGS;
    RbacKind kind = everywhere ? RbacKind.CLUSTER_ROLE_BINDING : RbacKind.ROLE_BINDING;
    String namespace = everywhere ? "" : "ns-" + i % NAMESPACES;
    String json =
        """
        {"metadata":{"name":"b-%d","uid":"u"},"roleRef":{"kind":"ClusterRole","name":"view"},\
        "subjects":[{"kind":"User","name":"user-%d"}]}\
        """
            .formatted(i, i);
    ObjectKey key = new ObjectKey(kind.resource(), "acme", namespace, "b-" + i);
    store.commit(List.of(new Change.Create(key, json.getBytes(StandardCharsets.UTF_8))));
  }

  /** From a new binding to the first decision that follows it, which takes the watch as well. */
  private static void changes(MemoryStore store, RuleAuthorizer authorizer, Consumer<Result> out)
      throws Exception {
    int[] next = {BINDINGS};
    Delays.of(
            CHANGES,
            () -> {
              int user = next[0]++;
              Attributes asked = asked("user-" + user, "get");
              return Delays.millis(() -> {
                bind(store, user);
                while (!authorizer.authorize(asked).allowed()) {
                  Thread.onSpinWait();
                }
              });
            })
        .report("a new binding counts", "ms", out);
  }

  /** How long it takes to find what somebody sees of a list who has rights in many namespaces. */
  private static void parts(MemoryStore store, RuleAuthorizer authorizer, Consumer<Result> out)
      throws Exception {
    for (int i = 0; i < PARTS; i++) {
      String json =
          "{\"metadata\":{\"name\":\"part\",\"uid\":\"u\"},\"roleRef\":{\"kind\":\"ClusterRole\","
              + "\"name\":\"view\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"partner\"}]}";
      ObjectKey key = new ObjectKey(RbacKind.ROLE_BINDING.resource(), "acme", "part-" + i, "part");
      store.commit(List.of(new Change.Create(key, json.getBytes(StandardCharsets.UTF_8))));
    }
    UserInfo who = new UserInfo("partner", "", List.of(UserInfo.AUTHENTICATED), Map.of());
    Attributes all = new Attributes(who, "acme", "list", "", "v1", "pods", "", "", "", "");
    while (authorizer.reach(all).namespaces().size() < PARTS) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < QUESTIONS; i++) {
      authorizer.reach(all);
    }
    Delays.of(QUESTIONS, () -> Delays.millis(() -> authorizer.reach(all)) * 1e3)
        .report("the " + PARTS + " namespaces that a user sees", "µs", out);
  }

  private static Attributes asked(String user, String verb) {
    UserInfo who = new UserInfo(user, "", List.of(UserInfo.AUTHENTICATED), Map.of());
    return new Attributes(who, "acme", verb, "", "v1", "pods", "", "ns-0", "web", "");
  }

  private static void decide(RuleAuthorizer authorizer, Attributes asked, boolean expected) {
    if (authorizer.authorize(asked).allowed() != expected) {
      throw new IllegalStateException("not decided as expected: " + asked);
    }
  }

  private static void measure(
      String what,
      RuleAuthorizer authorizer,
      Attributes asked,
      boolean expected,
      Consumer<Result> out)
      throws Exception {
    for (int i = 0; i < WARM; i++) {
      decide(authorizer, asked, expected);
    }
    Delays.of(ROUNDS, () -> Delays.millis(() -> decide(authorizer, asked, expected)) * 1e3)
        .report("a decision, " + what, "µs", out);
  }
}
