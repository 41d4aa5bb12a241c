package dev.argosy.server.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of an object's dependents, noted as finalizers for the garbage collector. */
final class Propagation {

  private Propagation() {}

  /**
   * Notes the policy.
   *
   * @param policy null: what the finalizers already say, else in the background
   */
  static void apply(@Nullable String policy, Metadata metadata) {
    if (policy == null || policy.isEmpty()) {
      return;
    }
    List<String> finalizers = new ArrayList<>(metadata.finalizers());
    List<String> before = List.copyOf(finalizers);
    finalizers.removeAll(List.of(Metadata.FOREGROUND, Metadata.ORPHAN));
    switch (policy) {
      case "Foreground" -> finalizers.add(Metadata.FOREGROUND);
      case "Orphan" -> finalizers.add(Metadata.ORPHAN);
      default -> {}
    }
    if (!finalizers.equals(before)) {
      metadata.setFinalizers(finalizers);
    }
  }
}
