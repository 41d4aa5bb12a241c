package dev.argosy.server.history;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The resources that a look over everything looks at: those that every cluster has, and those that
 * some cluster has defined.
 *
 * @param mine those of one store
 */
record RecordedResources(
    HistoryConfig config, ResourceCaches caches, Predicate<GroupResource> mine) {

  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  Set<GroupResource> all(KindTable builtIn) {
    Set<GroupResource> all = new TreeSet<>();
    builtIn.all().stream()
        .filter(kind -> kind.type().stored())
        .map(KindSchema::storage)
        .forEach(all::add);
    for (ApiObject definition : caches.of(DEFINITIONS).currentSnapshot(PATIENCE).list("", "")) {
      JsonNode spec = definition.tree().path("spec");
      all.add(
          new GroupResource(
              spec.path("group").asString(""), spec.path("names").path("plural").asString("")));
    }
    all.removeIf(resource -> !config.records(resource) || !mine.test(resource));
    return all;
  }
}
