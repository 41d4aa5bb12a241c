package dev.argosy.console.tenant;

import dev.argosy.console.live.Moment;
import dev.argosy.model.object.ApiObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the page of one tenant shows.
 *
 * @param keptUntil until when a deletion can be taken back; null without one
 * @param labels in the order of their names
 */
record TenantDetail(
    TenantRow row,
    Origin origin,
    @Nullable Instant keptUntil,
    Map<String, String> labels,
    List<Condition> conditions) {

  TenantDetail {
    labels = Map.copyOf(labels);
    conditions = List.copyOf(conditions);
  }

  /** Where it is, and what it began with. */
  record Origin(String template, List<String> nodePools, String cell) {
    Origin {
      nodePools = List.copyOf(nodePools);
    }
  }

  static TenantDetail of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode spec = tree.path("spec");
    List<String> pools = new ArrayList<>();
    spec.path("nodePools").forEach(pool -> pools.add(pool.asString("")));
    return new TenantDetail(
        TenantRow.of(object),
        new Origin(spec.path("template").asString(""), pools, spec.path("cell").asString("main")),
        Moment.in(tree.path("status").path("keptUntil")),
        object.meta().labels(),
        Condition.of(tree));
  }

  /** {@code name=value}, in the order of names. */
  List<String> labelTexts() {
    return new TreeMap<>(labels)
        .entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()).toList();
  }
}
