package dev.argosy.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Which requests rules mean. */
class MatchRulesTest {

  private static AdmissionRequest request(String group, String version, String path) {
    String resource = path.split("/")[0];
    String subresource = path.contains("/") ? path.split("/")[1] : "";
    ResourceType type =
        new ResourceType(
            group, version, resource, "", "", true, List.of(), List.of(), List.of(), Set.of());
    ObjectNode object = json("{'metadata':{'labels':{'a':'b'}}}");
    return new AdmissionRequest(
        new AdmissionRequest.Target(type, "acme", "default", "x", subresource, false),
        Operation.CREATE,
        UserInfo.system("test"),
        object,
        null);
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static boolean matches(String rule, String more, AdmissionRequest request) {
    String policy = "{'resourceRules':[" + rule + "]" + more + "}";
    return MatchRules.ofPolicy(json(policy)).matches(request, key -> Optional.empty());
  }

  private static String rule(String operations, String group, String version, String resource) {
    return "{'operations':['"
        + operations
        + "'],'apiGroups':['"
        + group
        + "'],'apiVersions':['"
        + version
        + "'],'resources':['"
        + resource
        + "']}";
  }

  @ParameterizedTest
  @CsvSource({
    "*, apps, v1, deployments, deployments, true",
    "CREATE, apps, v1, deployments, deployments, true",
    "UPDATE, apps, v1, deployments, deployments, false",
    "*, *, *, *, deployments, true",
    "*, *, *, *, deployments/scale, false",
    "*, *, *, */*, deployments/scale, true",
    "*, *, *, */*, deployments, true",
    "*, *, *, */scale, deployments/scale, true",
    "*, *, *, */scale, deployments, false",
    "*, apps, v1, deployments/*, deployments/status, true",
    "*, apps, v1, deployments/status, deployments, false",
    "*, batch, v1, deployments, deployments, false",
  })
  void names(
      String operation,
      String group,
      String version,
      String resource,
      String path,
      boolean expected) {
    String rule = rule(operation, group, version, resource);
    assertThat(matches(rule, "", request("apps", "v1", path))).isEqualTo(expected);
  }

  @Test
  void otherVersionsAreMeantUnlessExact() {
    String rule = rule("*", "autoscaling", "v1", "horizontalpodautoscalers");
    AdmissionRequest request = request("autoscaling", "v2", "horizontalpodautoscalers");
    assertThat(matches(rule, "", request)).isTrue();
    assertThat(matches(rule, ",'matchPolicy':'Exact'", request)).isFalse();
  }

  @Test
  void excludedAndUnselectedAreNotMeant() {
    String all = rule("*", "*", "*", "*");
    AdmissionRequest request = request("apps", "v1", "deployments");
    assertThat(matches(all, ",'excludeResourceRules':[" + all + "]", request)).isFalse();
    assertThat(matches(all, ",'objectSelector':{'matchLabels':{'a':'b'}}", request)).isTrue();
    assertThat(matches(all, ",'objectSelector':{'matchLabels':{'a':'c'}}", request)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "validatingadmissionpolicies",
    "validatingadmissionpolicybindings",
    "mutatingadmissionpolicies",
    "mutatingadmissionpolicybindings",
    "validatingwebhookconfigurations",
    "mutatingwebhookconfigurations",
  })
  void admissionItselfIsNeverMeant(String resource) {
    AdmissionRequest request = request("admissionregistration.k8s.io", "v1", resource);
    assertThat(matches(rule("*", "*", "*", "*"), "", request)).isFalse();
  }
}
