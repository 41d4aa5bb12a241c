package dev.argosy.server.flowcontrol;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.first.FirstObjects;
import dev.argosy.server.flowcontrol.schema.Classifier;
import dev.argosy.server.preset.Presets;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The flow schemas and levels of clusters, read from the watch caches. Never waits for a cache:
 * what is not loaded yet is taken to be as in a new cluster.
 */
final class Configuration {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private static final State NOTHING = new State(null, null, null, false);

  private final ResourceCaches caches;
  private final Presets presets;
  private final Map<String, JsonNode> firstSchemas;
  private final Map<String, JsonNode> firstLevels;
  private final Classifier untouched;

  Configuration(ResourceCaches caches, Presets presets, FirstObjects first) {
    this.caches = caches;
    this.presets = presets;
    this.firstSchemas = first(first, "FlowSchema");
    this.firstLevels = first(first, "PriorityLevelConfiguration");
    this.untouched = Classifier.of(firstSchemas.values(), firstLevels.values());
  }

  private static Map<String, JsonNode> first(FirstObjects first, String kind) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    for (JsonNode object : first.all()) {
      if (object.path("kind").asString("").equals(kind)) {
        found.put(name(object), object);
      }
    }
    return found;
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }

  /**
   * The state that the configuration of a cluster follows from, to be compared by identity.
   *
   * @param home the namespace that gives presets their identity
   */
  record State(
      @Nullable Object schemas, @Nullable Object levels, @Nullable Object home, boolean known) {

    boolean same(State other) {
      return schemas == other.schemas && levels == other.levels && home == other.home;
    }
  }

  /**
   * The state as the caches have it.
   *
   * @param cluster empty for one that is none
   */
  State state(String cluster) {
    if (cluster.isEmpty()) {
      return NOTHING;
    }
    Optional<CacheSnapshot> schemas = caches.of(FlowKinds.SCHEMAS).peek();
    Optional<CacheSnapshot> levels = caches.of(FlowKinds.LEVELS).peek();
    Optional<CacheSnapshot> namespaces = caches.of(NAMESPACES).peek();
    if (schemas.isEmpty() || levels.isEmpty() || namespaces.isEmpty()) {
      return NOTHING;
    }
    ObjectKey home = new ObjectKey(NAMESPACES, cluster, "", "kube-system");
    return new State(
        schemas.get().stateOf(cluster),
        levels.get().stateOf(cluster),
        namespaces.get().get(home).orElse(null),
        true);
  }

  /** That of a cluster in which nobody has changed anything. */
  Classifier untouched() {
    return untouched;
  }

  Classifier compile(String cluster) {
    return Classifier.of(
        objects(FlowKinds.SCHEMAS, cluster, firstSchemas).values(),
        objects(FlowKinds.LEVELS, cluster, firstLevels).values());
  }

  private Map<String, JsonNode> objects(
      GroupResource resource, String cluster, Map<String, JsonNode> first) {
    Map<String, JsonNode> objects = new LinkedHashMap<>(first);
    presets.of(resource, cluster, "").forEach(object -> objects.put(object.name(), object.tree()));
    for (ApiObject object : caches.of(resource).snapshot().list(cluster, "")) {
      objects.put(object.name(), object.tree());
    }
    return objects;
  }
}
