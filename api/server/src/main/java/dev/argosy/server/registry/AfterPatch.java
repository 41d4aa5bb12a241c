package dev.argosy.server.registry;

import dev.argosy.server.admission.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Holds what webhooks and policies of tenants made of an object to the limits of its writer. */
final class AfterPatch {

  private AfterPatch() {}

  static void restrict(
      Write write, Operation operation, ObjectNode object, @Nullable ObjectNode old) {
    Metadata metadata = Metadata.of(object);
    metadata.takeResourceVersion();
    if (operation == Operation.CREATE && write.subresource().isEmpty()) {
      Creation.requirePlace(write, metadata);
      Creation.reset(write.kind(), object, metadata);
    } else if (operation == Operation.UPDATE && old != null) {
      metadata.copyFrom(
          Metadata.of(old),
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation");
      Part.of(write.subresource()).restrict(write.kind(), object, old);
    }
  }
}
