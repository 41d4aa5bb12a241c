package dev.argosy.scheduler.explain;

import dev.argosy.scheduler.filter.Lack;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Explanations as programs read them. */
public final class ExplanationJson {

  private ExplanationJson() {}

  /** Writes {@code nodes}, {@code reasons} and {@code nearest}. */
  public static void write(Explanation explanation, ObjectNode to) {
    to.put("nodes", explanation.nodes());
    ArrayNode reasons = to.putArray("reasons");
    for (Explanation.Reason reason : explanation.reasons()) {
      reasons
          .addObject()
          .put("filter", reason.filter())
          .put("reason", reason.reason())
          .put("nodes", reason.nodes());
    }
    explanation
        .nearest()
        .ifPresent(nearest -> {
          ObjectNode node = to.putObject("nearest").put("node", nearest.node());
          lacks(nearest.lacks(), node.putArray("lacks"));
        });
  }

  private static void lacks(List<Lack> lacks, ArrayNode to) {
    for (Lack lack : lacks) {
      ObjectNode one = to.addObject().put("filter", lack.filter()).put("message", lack.message());
      switch (lack) {
        case Lack.Amount amount ->
            one.put("resource", amount.resource()).put("amount", amount.quantity());
        case Lack.Toleration(String filter, var taint) -> {
          ObjectNode written = one.putObject("taint").put("key", taint.key());
          if (!taint.value().isEmpty()) {
            written.put("value", taint.value());
          }
          written.put("effect", taint.effect());
        }
        case Lack.Label label ->
            one.putObject("label").put("key", label.key()).put("value", label.value());
        case Lack.Port port -> one.put("hostPort", port.port().port());
        case Lack.Other other -> {}
      }
    }
  }
}
