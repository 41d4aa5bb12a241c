package dev.argosy.model.schema.stored;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.field.FieldTable;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a version of a resource differs from the form in which its objects are kept. Arguments are
 * never changed.
 */
public interface StoredForm {

  /** Under which resource objects are kept. */
  GroupResource storage();

  /** The form that is kept, of an object of this version. */
  ObjectNode toStored(ObjectNode object);

  /** An object of this version, of the form that is kept. */
  ObjectNode fromStored(ObjectNode stored);

  /**
   * The form in which an object is validated and shown in tables, where the versions of a resource
   * share rules and columns; by default its own.
   */
  default ObjectNode common(ObjectNode object) {
    return object;
  }

  /** The form of a version that is not kept as it is; empty for all others. */
  static Optional<StoredForm> of(ResourceType type, FieldTable fields) {
    return switch (type.apiVersion() + "/" + type.resource()) {
      case "events.k8s.io/v1/events" -> Optional.of(new EventForm());
      case "tenancy.argosy.dev/v1/tenantquotas" -> Optional.of(new TenantQuotaForm());
      case "autoscaling/v1/horizontalpodautoscalers" -> Optional.of(new ScalerForm(fields));
      default -> Optional.empty();
    };
  }
}
