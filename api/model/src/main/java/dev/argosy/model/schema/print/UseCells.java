package dev.argosy.model.schema.print;

import dev.argosy.model.quantity.Quantity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of what nodes and pods use. */
final class UseCells {

  private UseCells() {}

  /** The amount of a resource, of a pod that of all containers. */
  static Cell of(String resource) {
    return (metrics, now) -> sum(metrics, resource).toString();
  }

  private static Quantity sum(ObjectNode metrics, String resource) {
    JsonNode whole = metrics.path("usage").path(resource);
    if (whole.isString()) {
      return Quantity.parse(whole.asString(""));
    }
    Quantity sum = Quantity.ZERO;
    for (JsonNode container : metrics.path("containers")) {
      Quantity one = Quantity.parse(container.path("usage").path(resource).asString("0"));
      sum = sum.signum() == 0 ? one : sum.add(one);
    }
    return sum;
  }
}
