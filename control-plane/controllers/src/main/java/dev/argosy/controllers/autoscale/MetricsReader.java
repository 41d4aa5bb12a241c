package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.MetricSource.Named;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Asks the three metrics APIs of a cluster. {@code metrics.k8s.io} is the platform's own; the other
 * two are there if the tenant has an API server for them.
 */
final class MetricsReader {

  private static final GroupResource USE = new GroupResource("metrics.k8s.io", "pods");

  private final ApiClient client;
  private final MetricPaths paths;

  MetricsReader(ApiClient client, NamedKinds kinds) {
    this.client = client;
    this.paths = new MetricPaths(client, kinds);
  }

  /**
   * What the pods use of a resource, by their names.
   *
   * @param beside the autoscaler, whose namespace it is about
   * @param selector of the pods
   */
  Reading<Map<String, Sample>> resource(
      ObjectKey beside, String selector, MetricSource.Resource resource) {
    String what = "unable to get metrics for resource " + resource.name() + ": ";
    ResourceScope scope = ResourceScope.namespace(USE, beside.cluster(), beside.namespace());
    return switch (client.list(scope, ListOptions.labels(selector))) {
      case ApiResult.Refused<ObjectList>(Status status) ->
          new Reading.Unknown<>(
              what + "unable to fetch metrics from resource metrics API: " + status.message());
      case ApiResult.Ok<ObjectList>(ObjectList list) -> {
        Map<String, Sample> samples = new TreeMap<>();
        for (ApiObject pod : list.items()) {
          MetricValues.ofPod(pod.tree(), resource).ifPresent(s -> samples.put(pod.name(), s));
        }
        yield samples.isEmpty()
            ? new Reading.Unknown<>(what + "no metrics returned from resource metrics API")
            : new Reading.Found<>(samples);
      }
    };
  }

  /** A custom metric of pods, by their names. */
  Reading<Map<String, Sample>> pods(ObjectKey beside, String selector, Named metric) {
    return switch (paths.ofPods(beside, selector, metric)) {
      case Reading.Unknown<JsonNode>(String why) -> new Reading.Unknown<>(why);
      case Reading.Found<JsonNode>(JsonNode answer) -> {
        Map<String, Sample> samples = MetricValues.byName(answer);
        yield samples.isEmpty()
            ? new Reading.Unknown<>(
                "unable to get metric "
                    + metric.name()
                    + ": no metrics returned from custom metrics API")
            : new Reading.Found<>(samples);
      }
    };
  }

  /** A custom metric of one object, in thousandths. */
  Reading<Long> object(ObjectKey beside, Reference object, Named metric) {
    return switch (paths.ofObject(beside, object, metric)) {
      case Reading.Unknown<JsonNode>(String why) -> new Reading.Unknown<>(why);
      case Reading.Found<JsonNode>(JsonNode answer) ->
          one(MetricValues.first(answer), "custom", metric);
    };
  }

  /** An external metric: the sum of all its values, in thousandths. */
  Reading<Long> external(ObjectKey beside, Named metric) {
    return switch (paths.external(beside, metric)) {
      case Reading.Unknown<JsonNode>(String why) -> new Reading.Unknown<>(why);
      case Reading.Found<JsonNode>(JsonNode answer) ->
          one(MetricValues.sum(answer), "external", metric);
    };
  }

  private static Reading<Long> one(Optional<Long> value, String api, Named metric) {
    return value.isPresent()
        ? new Reading.Found<>(value.get())
        : new Reading.Unknown<>(
            "unable to get metric %s: no metrics returned from %s metrics API"
                .formatted(metric.name(), api));
  }
}
