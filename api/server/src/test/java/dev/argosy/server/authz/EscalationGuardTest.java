package dev.argosy.server.authz;

import static dev.argosy.server.authz.RulesRig.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Nobody gives by RBAC objects what they do not have. */
@SuppressWarnings("NullAway") // the rig is there before the first test
class EscalationGuardTest {

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
  void nobodyGivesWhatTheyDoNotHave() {
    EscalationGuard guard = new EscalationGuard(rig.held, rig.authorizer, rig.emergencies);
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
    EscalationGuard guard = new EscalationGuard(rig.held, rig.authorizer, rig.emergencies);
    rig.putMembers(
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
