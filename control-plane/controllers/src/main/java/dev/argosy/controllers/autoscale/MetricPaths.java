package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.MetricSource.Named;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where the APIs of custom and external metrics have what is asked for. Of the versions of an API
 * the first that is served is taken.
 *
 * @see <a href="https://github.com/kubernetes/metrics">The APIs of metrics</a>
 */
final class MetricPaths {

  private static final List<String> CUSTOM =
      List.of("custom.metrics.k8s.io/v1beta2", "custom.metrics.k8s.io/v1beta1");
  private static final List<String> EXTERNAL = List.of("external.metrics.k8s.io/v1beta1");
  private static final String NAMESPACES = "/namespaces/";

  /** How a server says that it has no such API at all. */
  private static final String NO_API = "the server could not find the requested resource";

  private final ApiClient client;
  private final NamedKinds kinds;

  MetricPaths(ApiClient client, NamedKinds kinds) {
    this.client = client;
    this.kinds = kinds;
  }

  Reading<JsonNode> ofPods(ObjectKey beside, String selector, Named metric) {
    return custom(
        beside,
        NAMESPACES + escaped(beside.namespace()) + "/pods/*/" + escaped(metric.name()),
        Map.of("labelSelector", selector, "metricLabelSelector", metric.selector()),
        metric);
  }

  Reading<JsonNode> ofObject(ObjectKey beside, Reference object, Named metric) {
    Optional<NamedKinds.Named> kind = kinds.find(beside.cluster(), object);
    if (kind.isEmpty()) {
      return new Reading.Unknown<>(
          "unable to get metric " + metric.name() + ": " + NamedKinds.unknown(object));
    }
    GroupResource resource = kind.get().resource();
    String name = escaped(object.name());
    String path =
        resource.equals(new GroupResource("", "namespaces"))
            ? NAMESPACES + escaped(beside.namespace()) + "/metrics"
            : (kind.get().namespaced() ? NAMESPACES + escaped(beside.namespace()) : "")
                + ("/" + escaped(resource.toString()) + "/" + name);
    return custom(
        beside,
        path + "/" + escaped(metric.name()),
        Map.of("metricLabelSelector", metric.selector()),
        metric);
  }

  private Reading<JsonNode> custom(
      ObjectKey beside, String path, Map<String, String> query, Named metric) {
    return ask(beside, CUSTOM, path, query, metric);
  }

  Reading<JsonNode> external(ObjectKey beside, Named metric) {
    return ask(
        beside,
        EXTERNAL,
        NAMESPACES + escaped(beside.namespace()) + "/" + escaped(metric.name()),
        Map.of("labelSelector", metric.selector()),
        metric);
  }

  private Reading<JsonNode> ask(
      ObjectKey beside,
      List<String> versions,
      String path,
      Map<String, String> query,
      Named metric) {
    String group = versions.getFirst().substring(0, versions.getFirst().indexOf('/'));
    String api = group.substring(0, group.indexOf('.'));
    String what =
        "unable to get metric %s: unable to fetch metrics from %s metrics API: "
            .formatted(metric.name(), api);
    Map<String, String> said = new TreeMap<>(query);
    said.values().removeIf(String::isEmpty);
    for (String version : versions) {
      switch (client.read(beside.cluster(), "/apis/" + version + path, said)) {
        case ApiResult.Ok<InputStream>(InputStream body) -> {
          return parsed(body, what);
        }
        case ApiResult.Refused<InputStream>(Status status) when !absent(status) -> {
          return new Reading.Unknown<>(what + status.message());
        }
        case ApiResult.Refused<InputStream> absent -> {}
      }
    }
    return new Reading.Unknown<>("%sno %s metrics API (%s) registered".formatted(what, api, group));
  }

  private static boolean absent(Status status) {
    return status.reason() == Reason.NOT_FOUND && status.message().equals(NO_API);
  }

  private static Reading<JsonNode> parsed(InputStream body, String what) {
    try (body) {
      return new Reading.Found<>(Json.mapper().readTree(body.readAllBytes()));
    } catch (IOException | JacksonException e) {
      return new Reading.Unknown<>(what + "the answer is no JSON");
    }
  }

  private static String escaped(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
