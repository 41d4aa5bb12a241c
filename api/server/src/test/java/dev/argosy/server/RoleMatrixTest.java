package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Who of a tenant may do what, over all routes: what the roles say, computed here from the rules
 * that the cluster shows, is what the server does.
 */
class RoleMatrixTest {

  private static final String TENANCY = "/apis/tenancy.argosy.dev/v1/";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  /** What each member of a tenant has besides Kubernetes' own role; of access tokens their own. */
  private static final String LOOK =
      """
      [{"verbs":["get","list","watch"],"apiGroups":[""],"resources":["nodes","namespaces"]},
       {"verbs":["create"],"apiGroups":["access.argosy.dev"],
        "resources":["accessexplanations","whocans"]},
       {"verbs":["create","list","watch"],"apiGroups":["access.argosy.dev"],
        "resources":["accesstokens"]},
       {"verbs":["get"],"nonResourceURLs":["/quota-history"]}]
      """;

  /** What those have who may change things. */
  private static final String CHANGE =
      """
      [{"verbs":["create","update","patch","delete","deletecollection"],"apiGroups":[""],
        "resources":["namespaces"]},
       {"verbs":["get","list","watch"],"apiGroups":["rbac.authorization.k8s.io"],
        "resources":["roles","rolebindings","clusterroles","clusterrolebindings"]},
       {"verbs":["get","list","watch"],"apiGroups":["tenancy.argosy.dev"],
        "resources":["members","tenantroles"]}]
      """;

  /** Of access tokens, everybody who has a part in the cluster sees their own. */
  private static final String OWN =
      """
      [{"verbs":["list","watch"],"apiGroups":["access.argosy.dev"],"resources":["accesstokens"]}]
      """;

  /** What a role of the tenant's own making gives. */
  private static final String SOME =
      """
      [{"verbs":["get"],"apiGroups":[""],"resources":["namespaces"]},
       {"verbs":["*"],"apiGroups":["apps","batch"],"resources":["*"]},
       {"verbs":["list","watch","create"],"apiGroups":["*"],"resources":["pods","pods/exec","roles"]},
       {"verbs":["get","deletecollection"],"apiGroups":[""],"resources":["*"]},
       {"verbs":["get"],"nonResourceURLs":["/metrics*"]}]
      """;

  private static AccessRig rig;
  private static String ann;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    ann = rig.issuer.token("ann");
    member("vic", "viewer");
    member("max", "member");
    String role =
        "{\"metadata\":{\"name\":\"acme.some\"},\"spec\":{\"tenant\":\"acme\",\"rules\":"
            + SOME
            + "}}";
    AccessRig.ok(201, rig.call("POST", TENANCY + "tenantroles", rig.admin(), role));
    member("sam", "acme.some");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static void member(String user, String role) throws Exception {
    String body =
        """
        {"apiVersion":"tenancy.argosy.dev/v1","kind":"Member","metadata":{"name":"%s"},
         "spec":{"tenant":"acme","role":"%s","subject":{"kind":"User","name":"%s"}}}
        """
            .formatted(user, role, user);
    AccessRig.ok(201, rig.call("POST", TENANCY + "members", rig.admin(), body));
    String token = rig.issuer.token(user);
    AccessRig.await(() -> rig.call("GET", "/api/v1/namespaces/default", token, null).code() == 200);
  }

  /** Rules of a role, those that everybody has, and these. */
  private static List<JsonNode> rules(String role, String... more) throws Exception {
    List<JsonNode> rules = new ArrayList<>(role.isEmpty() ? List.of() : roleRules(role));
    JsonNode bindings =
        AccessRig.ok(200, rig.call("GET", RBAC + "clusterrolebindings", ann, null)).path("items");
    for (JsonNode binding : bindings) {
      boolean everybody =
          elements(binding.path("subjects"))
              .anyMatch(s -> s.path("name").asString().equals("system:authenticated"));
      if (everybody) {
        rules.addAll(roleRules(binding.path("roleRef").path("name").asString()));
      }
    }
    for (String list : more) {
      Json.mapper().readTree(list).forEach(rules::add);
    }
    return rules;
  }

  private static List<JsonNode> roleRules(String role) throws Exception {
    JsonNode found = AccessRig.ok(200, rig.call("GET", RBAC + "clusterroles/" + role, ann, null));
    return elements(found.path("rules")).toList();
  }

  private static java.util.stream.Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static boolean has(JsonNode list, String wanted) {
    return elements(list).map(JsonNode::asString).anyMatch(e -> e.equals("*") || e.equals(wanted));
  }

  private static boolean allowed(List<JsonNode> rules, Route route) {
    return rules.stream()
        .filter(rule -> has(rule.path("verbs"), route.verb()))
        .anyMatch(rule -> covers(rule, route));
  }

  private static boolean covers(JsonNode rule, Route route) {
    ResourceType type = route.type();
    if (type == null) {
      return elements(rule.path("nonResourceURLs"))
          .map(JsonNode::asString)
          .anyMatch(url ->
              url.endsWith("*")
                  ? route.path().startsWith(url.substring(0, url.length() - 1))
                  : route.path().equals(url));
    }
    String resource =
        type.resource() + (route.subresource().isEmpty() ? "" : "/" + route.subresource());
    return rule.path("resourceNames").isEmpty()
        && has(rule.path("apiGroups"), type.group())
        && has(rule.path("resources"), resource);
  }

  private static void walk(String user, List<JsonNode> rules) throws Exception {
    int refused = 0;
    int passed = 0;
    for (Route route : Route.all(rig.kinds)) {
      AccessRig.Answer answer =
          rig.call(route.method(), route.path(), rig.issuer.token(user), route.body());
      boolean stopped = answer.code() == 403 && answer.body().contains("cannot " + route.verb());
      assertThat(!stopped).as(user + " " + route + " " + answer).isEqualTo(allowed(rules, route));
      assertThat(answer.code()).as(user + " " + route + " " + answer).isLessThan(500);
      if (stopped) {
        refused++;
      } else {
        passed++;
      }
    }
    assertThat(refused).isGreaterThan(300);
    assertThat(passed).isGreaterThan(100);
  }

  @Test
  void viewers() throws Exception {
    walk("vic", rules("view", LOOK));
  }

  @Test
  void members() throws Exception {
    walk("max", rules("edit", LOOK, CHANGE));
  }

  @Test
  void rolesOfTheTenantsOwnMaking() throws Exception {
    walk("sam", rules("", SOME, OWN));
  }
}
