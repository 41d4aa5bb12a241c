package dev.argosy.server.authz;

import static dev.argosy.server.authz.RulesRig.eventually;
import static dev.argosy.server.authz.RulesRig.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.store.spi.Change;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // the rig is there before the first test
class RuleAuthorizerTest {

  private RulesRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new RulesRig();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void tenantRolesHoldInTheirTenantOnly() {
    assertThat(rig.may(user("ann"), "acme", "delete", "secrets")).isTrue();
    assertThat(rig.may(user("ann"), "globex", "get", "pods")).isFalse();
    assertThat(rig.may(user("ann"), "root", "get", "tenants.tenancy.argosy.dev")).isFalse();
    assertThat(rig.may(user("ann"), "*", "list", "pods")).isFalse();
    UserInfo dev = user("dan", "devs");
    assertThat(rig.may(dev, "acme", "create", "deployments.apps")).isTrue();
    assertThat(rig.may(dev, "acme", "create", "namespaces")).isTrue();
    assertThat(rig.may(dev, "acme", "list", "nodes")).isTrue();
    assertThat(rig.may(dev, "acme", "create", "pods/exec")).isTrue();
    assertThat(rig.may(dev, "acme", "create", "rolebindings.rbac.authorization.k8s.io")).isFalse();
    assertThat(rig.may(user("vic"), "acme", "list", "pods")).isTrue();
    assertThat(rig.may(user("vic"), "acme", "get", "pods/log")).isTrue();
    assertThat(rig.may(user("vic"), "acme", "get", "secrets")).isFalse();
    assertThat(rig.may(user("vic"), "acme", "delete", "pods")).isFalse();
  }

  @Test
  void platformAdministratorsMayEverythingEverywhere() {
    UserInfo admin = user("root", "platform-admins");
    assertThat(rig.ask(admin, "acme", "delete", "pods", "x").reason())
        .contains("platform-admin")
        .contains("admins");
    assertThat(rig.may(admin, "*", "list", "pods")).isTrue();
    assertThat(rig.may(admin, "root", "create", "tenants.tenancy.argosy.dev")).isTrue();
  }

  @Test
  void outsidersCannotTellATenantFromNone() {
    UserInfo gus = user("gus");
    for (String path : List.of("/api", "/apis", "/version", "/healthz", "/openapi/v3")) {
      assertThat(rig.mayPath(gus, "acme", path)).isFalse();
      assertThat(rig.mayPath(gus, "globex", path)).isTrue();
    }
    assertThat(rig.ask(gus, "acme", "get", "pods", "x"))
        .isEqualTo(rig.ask(gus, "nosuch", "get", "pods", "x"));
    UserInfo anonymous =
        new UserInfo("system:anonymous", "", List.of("system:unauthenticated"), Map.of());
    assertThat(rig.mayPath(anonymous, "root", "/version")).isTrue();
    assertThat(rig.mayPath(anonymous, "acme", "/version")).isFalse();
    assertThat(rig.mayPath(anonymous, "nosuch", "/version")).isFalse();
  }

  @Test
  void namesFromInsideAClusterMeanNothingOutside() {
    UserInfo masters = ClusterScope.confine(user("x", UserInfo.SYSTEM_MASTERS), "acme");
    assertThat(rig.may(masters, "acme", "delete", "secrets")).isTrue();
    assertThat(rig.may(masters, "globex", "get", "pods")).isFalse();
    assertThat(rig.may(masters, "root", "get", "pods")).isFalse();
    assertThat(rig.may(masters, "*", "list", "pods")).isFalse();
    UserInfo node = ClusterScope.confine(user("system:node:n1", "system:nodes"), "acme");
    assertThat(rig.may(node, "acme", "get", "pods")).isFalse();
  }

  @Test
  void rbacObjectsOfTheClusterCountAtOnce() {
    UserInfo app = ClusterScope.confine(user("system:serviceaccount:default:app"), "acme");
    assertThat(rig.may(app, "acme", "get", "pods")).isFalse();
    rig.putMembers(
        RbacKind.ROLE_BINDING.resource(),
        "acme",
        "default",
        "see",
        "\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"},"
            + "\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"app\"}]");
    eventually(() -> rig.may(app, "acme", "get", "pods"));
    assertThat(rig.ask(app, "acme", "get", "pods", "x").reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"see/default\" of ClusterRole \"view\" to"
                + " ServiceAccount \"app/default\"");
    assertThat(rig.may(app, "acme", "get", "nodes")).isFalse();
    UserInfo same = ClusterScope.confine(user("system:serviceaccount:default:app"), "globex");
    assertThat(rig.may(same, "globex", "get", "pods")).isFalse();
  }

  @Test
  void aggregatedRolesTakeUpNewOnes() {
    assertThat(rig.may(user("vic"), "acme", "get", "widgets.example.com")).isFalse();
    rig.putMembers(
        RbacKind.CLUSTER_ROLE.resource(),
        "acme",
        "",
        "widgets",
        "\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"example.com\"],\"resources\":[\"widgets\"]}]");
    rig.putMembers(
        RbacKind.CLUSTER_ROLE.resource(),
        "acme",
        "",
        "collector",
        "\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"x\":\"y\"}}]}");
    assertThat(rig.held.rulesOfRole("acme", "", "edit"))
        .hasValueSatisfying(r -> assertThat(r).isNotEmpty());
    eventually(() -> rig.held.rulesOfRole("acme", "", "widgets").isPresent());
    eventually(() -> rig.held.rulesOfRole("acme", "", "collector").isPresent());
    assertThat(rig.held.rulesOfRole("acme", "", "collector"))
        .hasValueSatisfying(r -> assertThat(r).isEmpty());
  }

  @Test
  void nodesSeeWhatTheyRun() {
    UserInfo node = ClusterScope.confine(user("system:node:n1", "system:nodes"), "root");
    assertThat(rig.may(node, "*", "watch", "pods")).isTrue();
    assertThat(rig.may(node, "*", "list", "secrets")).isFalse();
    assertThat(rig.ask(node, "acme", "get", "secrets", "db").allowed()).isFalse();
    rig.put(
        new GroupResource("", "pods"),
        "acme",
        "default",
        "web",
        "{\"nodeName\":\"n1\",\"serviceAccountName\":\"app\",\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"db\"}}]}");
    rig.put(new GroupResource("", "pods"), "acme", "default", "other", "{\"nodeName\":\"n2\"}");
    eventually(() -> rig.ask(node, "acme", "get", "secrets", "db").allowed());
    assertThat(rig.ask(node, "acme", "get", "secrets", "other"))
        .isEqualTo(Decision.deny("no relationship found between node 'n1' and this object"));
    assertThat(rig.ask(node, "acme", "create", "serviceaccounts/token", "app").allowed()).isTrue();
    assertThat(rig.ask(node, "acme", "create", "serviceaccounts/token", "boss").allowed())
        .isFalse();
    assertThat(rig.ask(node, "acme", "patch", "pods/status", "web").allowed()).isTrue();
    assertThat(rig.ask(node, "acme", "patch", "pods/status", "other").allowed()).isFalse();
    assertThat(rig.ask(node, "root", "patch", "nodes/status", "n1").allowed()).isTrue();
    assertThat(rig.ask(node, "root", "patch", "nodes/status", "n2").allowed()).isFalse();
    assertThat(rig.mayPath(node, "root", "/argosy/v1/tunnel")).isTrue();
    assertThat(rig.mayPath(user("ann"), "root", "/argosy/v1/tunnel")).isFalse();
  }

  @Test
  void aRoleThatIsMissingIsNamed() {
    rig.putMembers(
        RbacKind.CLUSTER_ROLE_BINDING.resource(),
        "acme",
        "",
        "lost",
        "\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"nosuch\"},"
            + "\"subjects\":[{\"kind\":\"User\",\"name\":\"vic\"}]");
    eventually(() ->
        rig.ask(user("vic"), "acme", "delete", "pods", "x")
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
      rig.store.commit(changes.subList(from, from + 50));
    }
    UserInfo one = user("one", "crowd");
    Attributes asked =
        new Attributes(one, "acme", "delete", "", "v1", "pods", "", "ns4999", "x", "");
    eventually(() -> rig.authorizer.authorize(asked).allowed());
    Attributes refused =
        new Attributes(one, "acme", "delete", "", "v1", "nodes", "", "ns4999", "x", "");
    assertThat(rig.authorizer.authorize(refused).allowed()).isFalse();
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
      rig.authorizer.authorize(asked);
    }
    return (threads.getCurrentThreadCpuTime() - start) / rounds;
  }
}
