package dev.argosy.server.preset;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.ResourceCaches;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The registrations ({@code APIService}) of all group versions that a cluster serves by itself,
 * those of its custom resources included. They follow from the table of its kinds.
 */
public final class RegistrationPresets {

  private static final GroupResource RESOURCE =
      new GroupResource("apiregistration.k8s.io", "apiservices");

  /** How important the groups of Kubernetes are; the most important one comes first. */
  private static final Map<String, Integer> PRIORITIES =
      Map.ofEntries(
          Map.entry("", 18_000),
          Map.entry("apps", 17_800),
          Map.entry("events.k8s.io", 17_750),
          Map.entry("authentication.k8s.io", 17_700),
          Map.entry("authorization.k8s.io", 17_600),
          Map.entry("autoscaling", 17_500),
          Map.entry("batch", 17_400),
          Map.entry("certificates.k8s.io", 17_300),
          Map.entry("networking.k8s.io", 17_200),
          Map.entry("policy", 17_100),
          Map.entry("rbac.authorization.k8s.io", 17_000),
          Map.entry("storage.k8s.io", 16_800),
          Map.entry("apiextensions.k8s.io", 16_700),
          Map.entry("admissionregistration.k8s.io", 16_700),
          Map.entry("scheduling.k8s.io", 16_600),
          Map.entry("coordination.k8s.io", 16_500),
          Map.entry("node.k8s.io", 16_300),
          Map.entry("discovery.k8s.io", 16_200),
          Map.entry("flowcontrol.apiserver.k8s.io", 16_100),
          Map.entry("resource.k8s.io", 15_900));

  private static final int CUSTOM_GROUP = 1000;
  private static final int CUSTOM_VERSION = 100;

  private RegistrationPresets() {}

  /** The presets of all clusters. */
  public static Presets of(KindTables kinds, ResourceCaches caches) {
    return new TemplatePresets(
        caches,
        (resource, cluster) ->
            resource.equals(RESOURCE) ? templates(kinds.of(cluster).all()) : List.of());
  }

  private static List<PresetTemplate> templates(List<KindSchema> kinds) {
    Map<String, PresetTemplate> templates = new TreeMap<>();
    for (KindSchema kind : kinds) {
      String group = kind.type().group();
      String version = kind.type().version();
      templates.computeIfAbsent(
          version + "." + group,
          name -> PresetTemplate.of(RESOURCE, registration(name, group, version)));
    }
    return List.copyOf(templates.values());
  }

  private static ObjectNode registration(String name, String group, String version) {
    Integer priority = PRIORITIES.get(group);
    ObjectNode object =
        Json.object().put("apiVersion", "apiregistration.k8s.io/v1").put("kind", "APIService");
    object
        .putObject("metadata")
        .put("name", name)
        .putObject("labels")
        .put("kube-aggregator.kubernetes.io/automanaged", priority == null ? "true" : "onstart");
    ObjectNode spec = object.putObject("spec");
    if (!group.isEmpty()) {
      spec.put("group", group);
    }
    spec.put("version", version)
        .put("groupPriorityMinimum", priority == null ? CUSTOM_GROUP : priority)
        .put("versionPriority", priority == null ? CUSTOM_VERSION : ofVersion(group, version));
    object
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Available")
        .put("status", "True")
        .put("lastTransitionTime", PresetTemplate.CREATED)
        .put("reason", "Local")
        .put("message", "Local APIServices are always available");
    return object;
  }

  private static int ofVersion(String group, String version) {
    if (group.isEmpty()) {
      return 1;
    }
    if (version.contains("alpha")) {
      return 9;
    }
    if (version.contains("beta")) {
      return 12;
    }
    boolean flow = group.startsWith("flowcontrol.");
    return version.equals("v2") ? 30 : flow ? 21 : 15;
  }
}
