package dev.argosy.server.use;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.time.GoDuration;
import dev.argosy.server.use.Figures.OfContainer;
import dev.argosy.server.use.Figures.OfPod;
import dev.argosy.server.use.Figures.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures as objects of {@code metrics.k8s.io/v1beta1}.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/">
 *     Resource metrics pipeline</a>
 */
final class MetricsObjects {

  static final String GROUP = "metrics.k8s.io";
  static final GroupResource PODS = new GroupResource(GROUP, "pods");
  static final GroupResource NODES = new GroupResource(GROUP, "nodes");

  private static final int NANO = 9;

  private MetricsObjects() {}

  static ApiObject pod(ApiObject pod, OfPod figures, Instant now) {
    ObjectNode json = header("PodMetrics", pod, now);
    json.withObjectProperty("metadata").put("namespace", pod.namespace());
    measured(json, figures.at(), figures.window());
    ArrayNode containers = json.putArray("containers");
    for (OfContainer container : figures.containers()) {
      ObjectNode one = containers.addObject().put("name", container.name());
      usage(one, container.rate());
    }
    ObjectKey key = new ObjectKey(PODS, pod.cluster(), pod.namespace(), pod.name());
    return ApiObject.ofWire(key, 0, Json.canonical(json));
  }

  static ApiObject node(ApiObject node, Figures figures, Rate rate, Instant now) {
    ObjectNode json = header("NodeMetrics", node, now);
    measured(json, figures.at(), figures.window());
    usage(json, rate);
    ObjectKey key = new ObjectKey(NODES, node.cluster(), "", node.name());
    return ApiObject.ofWire(key, 0, Json.canonical(json));
  }

  /** Nothing is kept, so the object is as old as the question. */
  private static ObjectNode header(String kind, ApiObject of, Instant now) {
    ObjectNode json = Json.object();
    json.put("apiVersion", GROUP + "/v1beta1").put("kind", kind);
    ObjectNode metadata = json.putObject("metadata").put("name", of.name());
    metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    if (!of.meta().labels().isEmpty()) {
      of.meta().labels().forEach(metadata.putObject("labels")::put);
    }
    return json;
  }

  private static void measured(ObjectNode json, Instant at, Duration window) {
    json.put("timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("window", GoDuration.text(window.truncatedTo(ChronoUnit.MILLIS)));
  }

  private static void usage(ObjectNode json, Rate rate) {
    json.putObject("usage")
        .put(
            "cpu",
            Quantity.of(BigDecimal.valueOf(rate.nanoCores(), NANO), Quantity.Format.DECIMAL_SI)
                .toString())
        .put("memory", Quantity.ofBytes(rate.memoryBytes()).toString());
  }
}
