package dev.argosy.server;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.server.preset.Presets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The old view of the platform's health: one object per check, made when someone asks.
 *
 * @param others what clusters have besides
 */
record ComponentStatuses(Presets others, List<HealthCheck> checks) implements Presets {

  private static final GroupResource RESOURCE = new GroupResource("", "componentstatuses");

  ComponentStatuses {
    checks = checks.stream().sorted(Comparator.comparing(ComponentStatuses::name)).toList();
  }

  @Override
  public List<ApiObject> of(GroupResource resource, String cluster, String namespace) {
    return resource.equals(RESOURCE)
        ? checks.stream().map(check -> status(check, cluster)).toList()
        : others.of(resource, cluster, namespace);
  }

  @Override
  public Optional<ApiObject> find(ObjectKey key) {
    return key.resource().equals(RESOURCE)
        ? checks.stream()
            .filter(check -> name(check).equals(key.name()))
            .findFirst()
            .map(check -> status(check, key.cluster()))
        : others.find(key);
  }

  /** The store has the name that clients have always seen. */
  private static String name(HealthCheck check) {
    return check.name().equals("etcd") ? "etcd-0" : check.name();
  }

  private static ApiObject status(HealthCheck check, String cluster) {
    Optional<String> problem = check.problem();
    ObjectNode object = Json.object();
    object.put("apiVersion", "v1").put("kind", "ComponentStatus");
    object.putObject("metadata").put("name", name(check));
    ObjectNode condition = object.putArray("conditions").addObject();
    condition.put("type", "Healthy").put("status", problem.isEmpty() ? "True" : "False");
    condition.put("message", problem.orElse("ok"));
    ObjectKey key = new ObjectKey(RESOURCE, cluster, "", name(check));
    return ApiObject.ofWire(key, 0, Json.canonical(object));
  }
}
