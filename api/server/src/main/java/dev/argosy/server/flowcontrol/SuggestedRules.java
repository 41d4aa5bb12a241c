package dev.argosy.server.flowcontrol;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.schema.first.FirstObjects;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Flow schemas and levels that each cluster has from the beginning: while the annotation {@code
 * apf.kubernetes.io/autoupdate-spec} says so, they stay as they are suggested. Kubernetes puts them
 * back within a minute; here the write itself does.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/cluster-administration/flow-control/#maintenance-of-the-mandatory-and-suggested-configuration-objects">
 *     Maintenance of the mandatory and suggested configuration objects</a>
 */
public final class SuggestedRules implements KindRules {

  private static final String AUTOMATIC = "apf.kubernetes.io/autoupdate-spec";

  /** Validation refuses to change these. */
  private static final Set<String> MANDATORY = Set.of("exempt", "catch-all");

  private final Map<String, JsonNode> specs = new TreeMap<>();

  private SuggestedRules(FirstObjects first, String kind) {
    for (JsonNode object : first.all()) {
      String name = object.path("metadata").path("name").asString("");
      if (object.path("kind").asString("").equals(kind) && !MANDATORY.contains(name)) {
        specs.put(name, object.path("spec"));
      }
    }
  }

  /** The rules of both kinds. */
  public static Map<GroupResource, KindRules> of(FirstObjects first) {
    return Map.of(
        FlowKinds.SCHEMAS, new SuggestedRules(first, "FlowSchema"),
        FlowKinds.LEVELS, new SuggestedRules(first, "PriorityLevelConfiguration"));
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    JsonNode suggested = specs.get(write.name());
    String automatic = object.path("metadata").path("annotations").path(AUTOMATIC).asString("");
    if (suggested != null && automatic.equals("true")) {
      object.set("spec", suggested.deepCopy());
    }
  }
}
