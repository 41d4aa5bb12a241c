package dev.argosy.server.registry;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.Json;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.request.WriteQuery;
import dev.argosy.server.request.WriteQuery.FieldValidation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How a client wants a write done, as the object of {@code meta.k8s.io/v1} that says so. */
final class OperationOptions {

  private OperationOptions() {}

  static @Nullable ObjectNode of(WriteQuery query, Operation operation, DeleteOptions delete) {
    return switch (operation) {
      case CREATE -> written("CreateOptions", query);
      case UPDATE -> written("UpdateOptions", query);
      case DELETE -> deleted(query, delete);
      case CONNECT -> null;
    };
  }

  private static ObjectNode written(String kind, WriteQuery query) {
    ObjectNode options = typed(kind, query);
    if (!query.fieldManager().isEmpty()) {
      options.put("fieldManager", query.fieldManager());
    }
    if (query.fieldValidation() != FieldValidation.WARN) {
      String name = query.fieldValidation() == FieldValidation.STRICT ? "Strict" : "Ignore";
      options.put("fieldValidation", name);
    }
    return options;
  }

  private static ObjectNode deleted(WriteQuery query, DeleteOptions delete) {
    ObjectNode options = typed("DeleteOptions", query);
    if (delete.gracePeriodSeconds() != null) {
      options.put("gracePeriodSeconds", delete.gracePeriodSeconds());
    }
    if (delete.propagation() != null) {
      options.put("propagationPolicy", delete.propagation());
    }
    if (delete.uid() != null || delete.resourceVersion() != null) {
      ObjectNode preconditions = options.putObject("preconditions");
      if (delete.uid() != null) {
        preconditions.put("uid", delete.uid());
      }
      if (delete.resourceVersion() != null) {
        preconditions.put("resourceVersion", delete.resourceVersion());
      }
    }
    return options;
  }

  private static ObjectNode typed(String kind, WriteQuery query) {
    ObjectNode options = Json.object().put("kind", kind).put("apiVersion", "meta.k8s.io/v1");
    if (query.dryRun()) {
      options.putArray("dryRun").add("All");
    }
    return options;
  }
}
