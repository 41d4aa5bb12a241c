package dev.argosy.server.policy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.ObjectLookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which requests a policy, a binding or a webhook is about: rules for resources, and selectors for
 * the namespace and the object. Configurations of admission itself are never meant.
 *
 * @param rules empty for all resources
 * @param equivalent whether other versions of the named resources are meant too
 */
public record MatchRules(
    List<ResourceRule> rules,
    List<ResourceRule> excluded,
    LabelSelector namespaces,
    LabelSelector objects,
    boolean equivalent) {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  public MatchRules {
    rules = List.copyOf(rules);
    excluded = List.copyOf(excluded);
  }

  /**
   * Of a policy's {@code matchConstraints} or a binding's {@code matchResources}.
   *
   * @throws dev.argosy.model.selector.SelectorSyntaxException if a selector is none
   */
  public static MatchRules ofPolicy(JsonNode match) {
    return of(
        match, match.path("resourceRules"), ResourceRule.list(match.path("excludeResourceRules")));
  }

  /**
   * Of a webhook.
   *
   * @throws dev.argosy.model.selector.SelectorSyntaxException if a selector is none
   */
  public static MatchRules ofWebhook(JsonNode webhook) {
    return of(webhook, webhook.path("rules"), List.of());
  }

  private static MatchRules of(JsonNode match, JsonNode rules, List<ResourceRule> excluded) {
    return new MatchRules(
        ResourceRule.list(rules),
        excluded,
        selector(match.get("namespaceSelector")),
        selector(match.get("objectSelector")),
        !match.path("matchPolicy").asString("Equivalent").equals("Exact"));
  }

  private static LabelSelector selector(@Nullable JsonNode selector) {
    return selector == null || selector.isNull()
        ? LabelSelector.EVERYTHING
        : LabelSelector.ofObject(selector);
  }

  /** Whether the request is meant. */
  public boolean matches(AdmissionRequest request, ObjectLookup lookup) {
    ResourceType type = request.target().type();
    if (PolicyKinds.exempt(type.groupResource())) {
      return false;
    }
    boolean named =
        rules.isEmpty() || rules.stream().anyMatch(rule -> rule.matches(request, equivalent));
    return named
        && excluded.stream().noneMatch(rule -> rule.matches(request, equivalent))
        && namespaceFits(request, lookup)
        && objectFits(request);
  }

  private boolean namespaceFits(AdmissionRequest request, ObjectLookup lookup) {
    if (namespaces.matchesEverything()) {
      return true;
    }
    AdmissionRequest.Target target = request.target();
    if (target.type().groupResource().equals(NAMESPACES)) {
      ObjectNode own = request.object() == null ? request.old() : request.object();
      return own == null || namespaces.matches(labels(own));
    }
    if (target.namespace().isEmpty()) {
      return true;
    }
    Optional<ApiObject> namespace =
        lookup.find(new ObjectKey(NAMESPACES, target.cluster(), "", target.namespace()));
    return namespaces.matches(namespace.map(found -> found.meta().labels()).orElse(Map.of()));
  }

  private boolean objectFits(AdmissionRequest request) {
    if (objects.matchesEverything()) {
      return true;
    }
    ObjectNode object = request.object();
    ObjectNode old = request.old();
    return (object != null && objects.matches(labels(object)))
        || (old != null && objects.matches(labels(old)));
  }

  private static Map<String, String> labels(ObjectNode object) {
    Map<String, String> labels = new HashMap<>();
    object
        .path("metadata")
        .path("labels")
        .forEachEntry((key, value) -> labels.put(key, value.asString("")));
    return labels;
  }
}
