package dev.argosy.server.policy;

import dev.argosy.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What puts a policy into force.
 *
 * @param actions {@code Deny}, {@code Warn}, {@code Audit}; of validating policies
 */
record PolicyBinding(
    String name,
    String policy,
    MatchRules match,
    Optional<ParamRef> paramRef,
    List<String> actions) {

  PolicyBinding {
    actions = List.copyOf(actions);
  }

  /**
   * Which parameters.
   *
   * @param name empty if they are selected
   * @param namespace empty for that of the request
   * @param allowMissing whether none is fine
   */
  record ParamRef(String name, String namespace, LabelSelector selector, boolean allowMissing) {}

  /**
   * @throws dev.argosy.model.selector.SelectorSyntaxException if a selector is none
   */
  static PolicyBinding of(ObjectNode binding) {
    JsonNode spec = binding.path("spec");
    List<String> actions = new ArrayList<>();
    spec.path("validationActions").forEach(action -> actions.add(action.asString("")));
    return new PolicyBinding(
        binding.path("metadata").path("name").asString(""),
        spec.path("policyName").asString(""),
        MatchRules.ofPolicy(spec.path("matchResources")),
        paramRef(spec.path("paramRef")),
        actions);
  }

  private static Optional<ParamRef> paramRef(JsonNode ref) {
    if (!ref.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new ParamRef(
            ref.path("name").asString(""),
            ref.path("namespace").asString(""),
            LabelSelector.ofObject(ref.get("selector")),
            ref.path("parameterNotFoundAction").asString("Deny").equals("Allow")));
  }
}
