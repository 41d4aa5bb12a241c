package dev.argosy.server.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.access.CachedObjects;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.tenant.TenantDirectory;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RuleAuthorizerTest {

  private static final String TENANCY = "tenancy.argosy.dev";

  private final MemoryStore store = new MemoryStore();
  private final StoreCaches caches = new StoreCaches(store);
  private final TenantDirectory directory = new TenantDirectory(caches);
  private final BootstrapRbac bootstrap = BootstrapRbac.load();
  private final RulesOfClusters rules = new RulesOfClusters(caches, bootstrap);
  private final HeldRules held = new HeldRules(directory, directory, rules, bootstrap);
  private final RuleAuthorizer authorizer =
      new RuleAuthorizer(
          held,
          new NodeRules(
              new CachedObjects(caches, resource -> store),
              node -> caches.of(new GroupResource("", "pods")).snapshot().onNode(node)));

  @BeforeEach
  void start() throws Exception {
    tenant("acme");
    tenant("globex");
    member("acme", "User", "ann", "admin");
    member("acme", "Group", "devs", "member");
    member("acme", "User", "vic", "viewer");
    member("globex", "User", "gus", "admin");
    put(
        new GroupResource(TENANCY, "accessgrants"),
        "root",
        "",
        "admins",
        "{\"role\":\"platform-admin\",\"subject\":{\"kind\":\"Group\",\"name\":\"platform-admins\"}}");
    for (String resource : new String[] {"tenants", "members", "accessgrants"}) {
      caches.of(new GroupResource(TENANCY, resource)).currentSnapshot(Duration.ofSeconds(20));
    }
    rules.start();
    directory.start(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    directory.close();
    rules.close();
    caches.close();
  }

  private void tenant(String name) {
    put(new GroupResource(TENANCY, "tenants"), "root", "", name, "{}");
  }

  private void member(String tenant, String kind, String name, String role) {
    put(
        new GroupResource(TENANCY, "members"),
        "root",
        "",
        tenant + "-" + name,
        "{\"tenant\":\"%s\",\"role\":\"%s\",\"subject\":{\"kind\":\"%s\",\"name\":\"%s\"}}"
            .formatted(tenant, role, kind, name));
  }

  private void put(
      GroupResource resource, String cluster, String namespace, String name, String spec) {
    putMembers(resource, cluster, namespace, name, "\"spec\":" + spec);
  }

  private void putMembers(
      GroupResource resource, String cluster, String namespace, String name, String members) {
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"X\",\"metadata\":{\"name\":\"%s\",\"uid\":\"u\"},%s}"
            .formatted(name, members);
    CommitResult result =
        store.commit(
            List.of(
                new Change.Create(
                    new ObjectKey(resource, cluster, namespace, name),
                    json.getBytes(StandardCharsets.UTF_8))));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }

  private static UserInfo user(String name, String... groups) {
    List<String> all = new java.util.ArrayList<>(List.of(groups));
    all.add(UserInfo.AUTHENTICATED);
    return new UserInfo(name, "", all, Map.of());
  }

  private Decision ask(UserInfo user, String cluster, String verb, String resource, String name) {
    int slash = resource.indexOf('/');
    String plural = slash < 0 ? resource : resource.substring(0, slash);
    int dot = plural.indexOf('.');
    return authorizer.authorize(
        new Attributes(
            user,
            cluster,
            verb,
            dot < 0 ? "" : plural.substring(dot + 1),
            "v1",
            dot < 0 ? plural : plural.substring(0, dot),
            slash < 0 ? "" : resource.substring(slash + 1),
            "default",
            name,
            ""));
  }

  private boolean may(UserInfo user, String cluster, String verb, String resource) {
    return ask(user, cluster, verb, resource, "x").allowed();
  }

  private boolean mayPath(UserInfo user, String cluster, String path) {
    return authorizer
        .authorize(new Attributes(user, cluster, "get", "", "", "", "", "", "", path))
        .allowed();
  }

  private static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void tenantRolesHoldInTheirTenantOnly() {
    assertThat(may(user("ann"), "acme", "delete", "secrets")).isTrue();
    assertThat(may(user("ann"), "globex", "get", "pods")).isFalse();
    assertThat(may(user("ann"), "root", "get", "tenants.tenancy.argosy.dev")).isFalse();
    assertThat(may(user("ann"), "*", "list", "pods")).isFalse();
    UserInfo dev = user("dan", "devs");
    assertThat(may(dev, "acme", "create", "deployments.apps")).isTrue();
    assertThat(may(dev, "acme", "create", "namespaces")).isTrue();
    assertThat(may(dev, "acme", "list", "nodes")).isTrue();
    assertThat(may(dev, "acme", "create", "pods/exec")).isTrue();
    assertThat(may(dev, "acme", "create", "rolebindings.rbac.authorization.k8s.io")).isFalse();
    assertThat(may(user("vic"), "acme", "list", "pods")).isTrue();
    assertThat(may(user("vic"), "acme", "get", "pods/log")).isTrue();
    assertThat(may(user("vic"), "acme", "get", "secrets")).isFalse();
    assertThat(may(user("vic"), "acme", "delete", "pods")).isFalse();
  }

  @Test
  void platformAdministratorsMayEverythingEverywhere() {
    UserInfo admin = user("root", "platform-admins");
    assertThat(ask(admin, "acme", "delete", "pods", "x").reason())
        .contains("platform-admin")
        .contains("admins");
    assertThat(may(admin, "*", "list", "pods")).isTrue();
    assertThat(may(admin, "root", "create", "tenants.tenancy.argosy.dev")).isTrue();
  }

  @Test
  void outsidersCannotTellATenantFromNone() {
    UserInfo gus = user("gus");
    for (String path : List.of("/api", "/apis", "/version", "/healthz", "/openapi/v3")) {
      assertThat(mayPath(gus, "acme", path)).isFalse();
      assertThat(mayPath(gus, "globex", path)).isTrue();
    }
    assertThat(ask(gus, "acme", "get", "pods", "x"))
        .isEqualTo(ask(gus, "nosuch", "get", "pods", "x"));
    UserInfo anonymous =
        new UserInfo("system:anonymous", "", List.of("system:unauthenticated"), Map.of());
    assertThat(mayPath(anonymous, "root", "/version")).isTrue();
    assertThat(mayPath(anonymous, "acme", "/version")).isFalse();
    assertThat(mayPath(anonymous, "nosuch", "/version")).isFalse();
  }

  @Test
  void namesFromInsideAClusterMeanNothingOutside() {
    UserInfo masters = ClusterScope.confine(user("x", UserInfo.SYSTEM_MASTERS), "acme");
    assertThat(may(masters, "acme", "delete", "secrets")).isTrue();
    assertThat(may(masters, "globex", "get", "pods")).isFalse();
    assertThat(may(masters, "root", "get", "pods")).isFalse();
    assertThat(may(masters, "*", "list", "pods")).isFalse();
    UserInfo node = ClusterScope.confine(user("system:node:n1", "system:nodes"), "acme");
    assertThat(may(node, "acme", "get", "pods")).isFalse();
  }

  @Test
  void rbacObjectsOfTheClusterCountAtOnce() {
    UserInfo app = ClusterScope.confine(user("system:serviceaccount:default:app"), "acme");
    assertThat(may(app, "acme", "get", "pods")).isFalse();
    putMembers(
        RbacKind.ROLE_BINDING.resource(),
        "acme",
        "default",
        "see",
        "\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"},"
            + "\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"app\"}]");
    eventually(() -> may(app, "acme", "get", "pods"));
    assertThat(ask(app, "acme", "get", "pods", "x").reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"see/default\" of ClusterRole \"view\" to"
                + " ServiceAccount \"app/default\"");
    assertThat(may(app, "acme", "get", "nodes")).isFalse();
    UserInfo same = ClusterScope.confine(user("system:serviceaccount:default:app"), "globex");
    assertThat(may(same, "globex", "get", "pods")).isFalse();
  }

  @Test
  void aggregatedRolesTakeUpNewOnes() {
    assertThat(may(user("vic"), "acme", "get", "widgets.example.com")).isFalse();
    putMembers(
        RbacKind.CLUSTER_ROLE.resource(),
        "acme",
        "",
        "widgets",
        "\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"example.com\"],\"resources\":[\"widgets\"]}]");
    putMembers(
        RbacKind.CLUSTER_ROLE.resource(),
        "acme",
        "",
        "collector",
        "\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"x\":\"y\"}}]}");
    assertThat(held.rulesOfRole("acme", "", "edit"))
        .hasValueSatisfying(r -> assertThat(r).isNotEmpty());
    eventually(() -> held.rulesOfRole("acme", "", "widgets").isPresent());
    assertThat(held.rulesOfRole("acme", "", "collector"))
        .hasValueSatisfying(r -> assertThat(r).isEmpty());
  }

  @Test
  void nodesSeeWhatTheyRun() {
    UserInfo node = ClusterScope.confine(user("system:node:n1", "system:nodes"), "root");
    assertThat(may(node, "*", "watch", "pods")).isTrue();
    assertThat(may(node, "*", "list", "secrets")).isFalse();
    assertThat(ask(node, "acme", "get", "secrets", "db").allowed()).isFalse();
    put(
        new GroupResource("", "pods"),
        "acme",
        "default",
        "web",
        "{\"nodeName\":\"n1\",\"serviceAccountName\":\"app\",\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"db\"}}]}");
    put(new GroupResource("", "pods"), "acme", "default", "other", "{\"nodeName\":\"n2\"}");
    eventually(() -> ask(node, "acme", "get", "secrets", "db").allowed());
    assertThat(ask(node, "acme", "get", "secrets", "other"))
        .isEqualTo(Decision.deny("no relationship found between node 'n1' and this object"));
    assertThat(ask(node, "acme", "create", "serviceaccounts/token", "app").allowed()).isTrue();
    assertThat(ask(node, "acme", "create", "serviceaccounts/token", "boss").allowed()).isFalse();
    assertThat(ask(node, "acme", "patch", "pods/status", "web").allowed()).isTrue();
    assertThat(ask(node, "acme", "patch", "pods/status", "other").allowed()).isFalse();
    assertThat(ask(node, "root", "patch", "nodes/status", "n1").allowed()).isTrue();
    assertThat(ask(node, "root", "patch", "nodes/status", "n2").allowed()).isFalse();
    assertThat(mayPath(node, "root", "/argosy/v1/tunnel")).isTrue();
    assertThat(mayPath(user("ann"), "root", "/argosy/v1/tunnel")).isFalse();
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() {
    EscalationGuard guard = new EscalationGuard(held, authorizer);
    String role =
        "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"verbs\":[\"get\",\"delete\"],\"apiGroups\":[\"\"],\"resources\":[\"secrets\"]},{\"verbs\":[\"list\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}";
    assertThatCode(() -> guard.validate(write(user("ann"), RbacKind.ROLE, role)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> guard.validate(write(user("vic"), RbacKind.ROLE, role)))
        .isInstanceOfSatisfying(
            StatusException.class,
            e -> {
              assertThat(e.status().code()).isEqualTo(403);
              assertThat(e.status().message())
                  .isEqualTo(
                      "roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"vic\""
                          + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC"
                          + " permissions not currently held:\n"
                          + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"delete\"]}");
            });
    String binding =
        "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"%s\"}}";
    assertThatCode(() ->
            guard.validate(
                write(user("dan", "devs"), RbacKind.ROLE_BINDING, binding.formatted("view"))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() ->
            guard.validate(
                write(
                    user("dan", "devs"),
                    RbacKind.ROLE_BINDING,
                    binding.formatted("cluster-admin"))))
        .isInstanceOf(StatusException.class);
  }

  @Test
  void whoCollectsRulesMustHaveThemAll() {
    EscalationGuard guard = new EscalationGuard(held, authorizer);
    putMembers(
        RbacKind.ROLE_BINDING.resource(),
        "acme",
        "default",
        "see",
        "\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"},"
            + "\"subjects\":[{\"kind\":\"User\",\"name\":\"vic\"}]");
    String collector =
        "{\"metadata\":{\"name\":\"c\"},\"aggregationRule\":{\"clusterRoleSelectors\":[{}]}}";
    assertThatThrownBy(() -> guard.validate(write(user("vic"), RbacKind.CLUSTER_ROLE, collector)))
        .hasMessage(
            "clusterroles.rbac.authorization.k8s.io \"c\" is forbidden: must have cluster-admin"
                + " privileges to use the aggregationRule");
    assertThatCode(() -> guard.validate(write(user("ann"), RbacKind.CLUSTER_ROLE, collector)))
        .doesNotThrowAnyException();
  }

  @Test
  void aRoleThatIsMissingIsNamed() {
    putMembers(
        RbacKind.CLUSTER_ROLE_BINDING.resource(),
        "acme",
        "",
        "lost",
        "\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"nosuch\"},"
            + "\"subjects\":[{\"kind\":\"User\",\"name\":\"vic\"}]");
    eventually(() ->
        ask(user("vic"), "acme", "delete", "pods", "x")
            .reason()
            .equals("RBAC: clusterrole.rbac.authorization.k8s.io \"nosuch\" not found"));
  }

  @Test
  void bindingsInThousandsOfNamespacesCostNothingInOne() {
    List<Change> changes = new java.util.ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String json =
          "{\"metadata\":{\"name\":\"b\",\"uid\":\"u\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"edit\"},"
              + "\"subjects\":[{\"kind\":\"Group\",\"name\":\"crowd\"}]}";
      changes.add(
          new Change.Create(
              new ObjectKey(RbacKind.ROLE_BINDING.resource(), "acme", "ns" + i, "b"),
              json.getBytes(StandardCharsets.UTF_8)));
    }
    for (int from = 0; from < changes.size(); from += 50) {
      store.commit(changes.subList(from, from + 50));
    }
    UserInfo one = user("one", "crowd");
    Attributes asked =
        new Attributes(one, "acme", "delete", "", "v1", "pods", "", "ns4999", "x", "");
    eventually(() -> authorizer.authorize(asked).allowed());
    Attributes refused =
        new Attributes(one, "acme", "delete", "", "v1", "nodes", "", "ns4999", "x", "");
    assertThat(authorizer.authorize(refused).allowed()).isFalse();
    assertThat(nanosEach(asked)).as("allowed").isLessThan(20_000);
    assertThat(nanosEach(refused)).as("refused").isLessThan(20_000);
  }

  /** Of the processor, whatever else the machine does. */
  private long nanosEach(Attributes asked) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int rounds = 20_000;
    long start = 0;
    for (int i = 0; i < 2 * rounds; i++) {
      if (i == rounds) {
        start = threads.getCurrentThreadCpuTime();
      }
      authorizer.authorize(asked);
    }
    return (threads.getCurrentThreadCpuTime() - start) / rounds;
  }

  private static AdmissionRequest write(UserInfo user, RbacKind kind, String json) {
    ResourceType type =
        new ResourceType(
            RbacKind.GROUP,
            "v1",
            kind.resource().resource(),
            "",
            kind.kind(),
            true,
            List.of(),
            List.of(),
            List.of(),
            Set.of());
    ObjectNode object = Json.parse(json.getBytes(StandardCharsets.UTF_8));
    return new AdmissionRequest(
        new AdmissionRequest.Target(type, "acme", "default", "", "", false),
        Operation.CREATE,
        user,
        object,
        null);
  }
}
