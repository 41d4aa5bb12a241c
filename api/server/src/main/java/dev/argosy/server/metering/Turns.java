package dev.argosy.server.metering;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.usage.UsageTurn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns as they wait in etcd. They lie in the platform's own cluster, so they outlive tenants. */
final class Turns {

  static final GroupResource RESOURCE = new GroupResource("metering.argosy.dev", "turns");

  private Turns() {}

  /**
   * Where a turn is kept.
   *
   * @param left the revision of the state that it leaves
   */
  static ObjectKey key(String uid, long left) {
    return new ObjectKey(RESOURCE, ClusterDirectory.ROOT, "", uid + "." + left);
  }

  static ObjectNode json(UsageTurn turn) {
    UsageTurn.Subject subject = turn.subject();
    ObjectNode json =
        Json.object()
            .put("uid", turn.uid())
            .put("at", turn.at().toString())
            .put("cluster", subject.cluster())
            .put("tenant", subject.tenantUid())
            .put("kind", subject.kind())
            .put("namespace", subject.namespace())
            .put("name", subject.name())
            .put("node", subject.node());
    ObjectNode labels = json.putObject("labels");
    turn.labels().forEach(labels::put);
    ObjectNode allocated = json.putObject("allocated");
    turn.allocated().forEach((name, amount) -> allocated.put(name, amount.toPlainString()));
    return json;
  }

  /**
   * A turn as it was found.
   *
   * @throws RuntimeException if it is none
   */
  static UsageTurn of(StoredValue value) {
    JsonNode json = Json.parse(value.value());
    Map<String, String> labels = new TreeMap<>();
    json.path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    SortedMap<String, BigDecimal> allocated = new TreeMap<>();
    json.path("allocated")
        .properties()
        .forEach(one -> allocated.put(one.getKey(), new BigDecimal(one.getValue().asString(""))));
    return new UsageTurn(
        json.path("uid").asString(""),
        value.revision(),
        Instant.parse(json.path("at").asString("")),
        new UsageTurn.Subject(
            json.path("cluster").asString(""),
            json.path("tenant").asString(""),
            json.path("kind").asString(""),
            json.path("namespace").asString(""),
            json.path("name").asString(""),
            json.path("node").asString("")),
        labels,
        allocated);
  }
}
