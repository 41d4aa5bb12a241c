package dev.argosy.server.use;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.metrics.ClusterGauge;
import dev.argosy.server.use.Figures.OfPod;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is used at this moment, for Prometheus, of nodes that report to this server. */
record UseGauges(ResourceCaches caches, NewestUse newest) {

  private static final String NAME = "argosy_used";
  private static final String HELP =
      "What pods use now, in cores, bytes or bytes per second, as nodes say that report here.";

  /** All tenants, on the platform's page. */
  void addTo(Metrics metrics) {
    metrics.gauge(
        NAME,
        HELP,
        List.of("tenant", "resource"),
        () -> {
          List<Reading> all = new ArrayList<>();
          sums()
              .forEach((cluster, sums) ->
                  sums.forEach((resource, amount) ->
                      all.add(new Reading(amount, List.of(cluster, resource)))));
          return all;
        });
  }

  /** One tenant, on its own page. */
  ClusterGauge ofCluster() {
    return new ClusterGauge(
        NAME,
        HELP,
        List.of("resource"),
        cluster ->
            sums(cluster).entrySet().stream()
                .map(sum -> new Reading(sum.getValue(), List.of(sum.getKey())))
                .toList());
  }

  private Map<String, Map<String, Double>> sums() {
    Map<String, Map<String, Double>> all = new TreeMap<>();
    newest
        .pods()
        .forEach(pod -> add(pod, all.computeIfAbsent(pod.cluster(), c -> new TreeMap<>())));
    return all;
  }

  /** Looks at the tenant's own pods only. */
  private Map<String, Double> sums(String cluster) {
    Map<String, Double> sums = new TreeMap<>();
    for (ApiObject pod : caches.of(PodFacts.PODS).snapshot().list(cluster, "")) {
      newest
          .ofPod(PodFacts.of(pod).node(), pod.meta().uid())
          .ifPresent(figures -> add(figures, sums));
    }
    return sums;
  }

  private static void add(OfPod pod, Map<String, Double> sums) {
    Figures.Rate rate = pod.sum();
    sums.merge("cpu", rate.nanoCores() / 1e9, Double::sum);
    sums.merge("memory", (double) rate.memoryBytes(), Double::sum);
    sums.merge("network.in", pod.traffic().received(), Double::sum);
    sums.merge("network.out", pod.traffic().sent(), Double::sum);
  }
}
