package dev.argosy.controllers.autoscale;

import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What all metrics of an autoscaler say, in their order. */
record Proposals(List<Proposal> all) {

  /**
   * What one says.
   *
   * @param source the metric
   * @param reading how many replicas it asks for, or why that is not known
   */
  record Proposal(MetricSource source, Reading<Measured> reading) {

    /** Why it is not known. */
    Optional<Failure> failure() {
      return reading instanceof Reading.Unknown<Measured>(String why)
          ? Optional.of(new Failure(reason(source), why))
          : Optional.empty();
    }

    private static String reason(MetricSource source) {
      return switch (source) {
        case MetricSource.Resource resource ->
            resource.container().isPresent()
                ? "FailedGetContainerResourceMetric"
                : "FailedGetResourceMetric";
        case MetricSource.Pods pods -> "FailedGetPodsMetric";
        case MetricSource.OfObject object -> "FailedGetObjectMetric";
        case MetricSource.External external -> "FailedGetExternalMetric";
        case MetricSource.Unknown unknown -> "InvalidMetricSourceType";
      };
    }
  }

  /** Why a metric is not known, with the reason that events and conditions give. */
  record Failure(String reason, String why) {}

  Proposals {
    all = List.copyOf(all);
  }

  List<Failure> failures() {
    return all.stream().map(Proposal::failure).flatMap(Optional::stream).toList();
  }

  /** The one that asks for most, of those that are known; the first of several. */
  Optional<Measured> highest() {
    Measured highest = null;
    for (Proposal proposal : all) {
      if (proposal.reading() instanceof Reading.Found<Measured>(Measured measured)
          && (highest == null || measured.replicas() > highest.replicas())) {
        highest = measured;
      }
    }
    return Optional.ofNullable(highest);
  }

  /** What counts: nothing if none is known, or if one is not and there would be fewer replicas. */
  Optional<Measured> counting(int current) {
    return highest().filter(found -> failures().isEmpty() || found.replicas() >= current);
  }

  /** What is wrong with them. */
  String trouble() {
    List<Failure> failures = failures();
    return "invalid metrics (%d invalid out of %d), first error is: %s"
        .formatted(failures.size(), all.size(), failures.getFirst().why());
  }

  /**
   * {@code status.currentMetrics}; of those that are not known the type alone.
   *
   * @param specs the metrics as the spec has them
   */
  ArrayNode toJson(JsonNode specs) {
    ArrayNode metrics = Json.mapper().createArrayNode();
    for (int i = 0; i < all.size(); i++) {
      ObjectNode metric = metrics.addObject();
      metric.set("type", specs.path(i).path("type"));
      if (all.get(i).reading() instanceof Reading.Found<Measured>(Measured measured)) {
        String field = all.get(i).source().field();
        ObjectNode part = metric.putObject(field);
        specs.path(i).path(field).forEachEntry(part::set);
        part.remove("target");
        part.set("current", measured.current().toJson());
      }
    }
    return metrics;
  }
}
