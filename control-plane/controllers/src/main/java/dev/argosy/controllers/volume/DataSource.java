package dev.argosy.controllers.volume;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * From what the volume of a claim is to be filled.
 *
 * @param group of its kind; empty for the core's
 * @param namespace empty for the claim's own
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources">
 *     Volume populators and data sources</a>
 */
public record DataSource(String group, String kind, String namespace, String name) {

  /** What a claim's spec says; its newer field counts first. Empty if it is to begin empty. */
  static Optional<DataSource> of(JsonNode spec) {
    JsonNode ref =
        spec.path(spec.path("dataSourceRef").isObject() ? "dataSourceRef" : "dataSource");
    return ref.isObject()
        ? Optional.of(
            new DataSource(
                ref.path("apiGroup").asString(""),
                ref.path("kind").asString(""),
                ref.path("namespace").asString(""),
                ref.path("name").asString("")))
        : Optional.empty();
  }

  /** Whether it is a claim. */
  public boolean isClaim() {
    return group.isEmpty() && kind.equals("PersistentVolumeClaim");
  }
}
