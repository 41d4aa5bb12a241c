package dev.argosy.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ReconciliationTest {

  private final BootstrapRbac bootstrap = BootstrapRbac.load();

  private ObjectNode role(String name) {
    return bootstrap.roles().stream()
        .filter(role -> role.name().equals(name))
        .map(BootstrapTemplate::object)
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aWholeCopyStaysAsItIs() {
    for (String name : new String[] {"cluster-admin", "view", "system:discovery"}) {
      ObjectNode copy = role(name);
      copy.withObject("metadata").withObject("labels").put("own", "yes");
      assertThat(Reconciliation.complete(copy, role(name))).as(name).isFalse();
    }
  }

  @Test
  void missingPermissionsComeBackAndOwnOnesStay() {
    ObjectNode copy =
        json(
            """
            {"metadata":{"name":"system:auth-delegator","annotations":{
              "rbac.authorization.kubernetes.io/autoupdate":"true"}},
             "rules":[{"verbs":["create"],"apiGroups":["authentication.k8s.io"],
               "resources":["tokenreviews"]},
              {"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]}
            """);
    assertThat(Reconciliation.complete(copy, role("system:auth-delegator"))).isTrue();
    assertThat(copy.path("rules")).hasSize(3);
    assertThat(copy.at("/rules/2").toString())
        .isEqualTo(
            "{\"verbs\":[\"create\"],\"apiGroups\":[\"authorization.k8s.io\"],"
                + "\"resources\":[\"subjectaccessreviews\"]}");
    assertThat(copy.at("/metadata/labels/kubernetes.io~1bootstrapping").asString())
        .isEqualTo("rbac-defaults");
    assertThat(Reconciliation.complete(copy, role("system:auth-delegator"))).isFalse();
  }

  @Test
  void whoSaysNoIsLeftAlone() {
    ObjectNode copy =
        json(
            """
            {"metadata":{"name":"view","annotations":{
              "rbac.authorization.kubernetes.io/autoupdate":"false"}}}
            """);
    assertThat(Reconciliation.complete(copy, role("view"))).isFalse();
  }

  @Test
  void subjectsAndSelectorsComeBack() {
    ObjectNode wanted =
        bootstrap.bindings().stream()
            .filter(binding -> binding.name().equals("system:discovery"))
            .map(BootstrapTemplate::object)
            .findFirst()
            .orElseThrow();
    ObjectNode copy = wanted.deepCopy();
    copy.putArray("subjects").addObject().put("kind", "User").put("name", "kim");
    assertThat(Reconciliation.complete(copy, wanted)).isTrue();
    assertThat(copy.path("subjects")).hasSize(2);
    ObjectNode view = role("view");
    view.remove("aggregationRule");
    assertThat(Reconciliation.complete(view, role("view"))).isTrue();
    assertThat(view.path("aggregationRule")).isEqualTo(role("view").path("aggregationRule"));
  }
}
