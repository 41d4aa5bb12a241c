package dev.argosy.server.registry;

import dev.argosy.model.schema.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of an object's dependents, noted as finalizers for the garbage collector. */
final class Propagation {

  private Propagation() {}

  /**
   * Notes the policy.
   *
   * @param policy null: what the finalizers already say, else what the kind does by default
   */
  static void apply(@Nullable String policy, Strategy.Deletion byDefault, Metadata metadata) {
    if (byDefault == Strategy.Deletion.ALONE) {
      return;
    }
    List<String> finalizers = new ArrayList<>(metadata.finalizers());
    List<String> before = List.copyOf(finalizers);
    String wanted = policy == null || policy.isEmpty() ? unsaid(before, byDefault) : policy;
    finalizers.removeAll(List.of(Metadata.FOREGROUND, Metadata.ORPHAN));
    switch (wanted) {
      case "Foreground" -> finalizers.add(Metadata.FOREGROUND);
      case "Orphan" -> finalizers.add(Metadata.ORPHAN);
      default -> {}
    }
    if (!finalizers.equals(before)) {
      metadata.setFinalizers(finalizers);
    }
  }

  private static String unsaid(List<String> finalizers, Strategy.Deletion byDefault) {
    for (String finalizer : finalizers) {
      if (finalizer.equals(Metadata.ORPHAN)) {
        return "Orphan";
      }
      if (finalizer.equals(Metadata.FOREGROUND)) {
        return "Foreground";
      }
    }
    return byDefault == Strategy.Deletion.ORPHAN ? "Orphan" : "Background";
  }
}
