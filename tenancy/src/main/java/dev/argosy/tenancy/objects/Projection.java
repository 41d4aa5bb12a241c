package dev.argosy.tenancy.objects;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import jakarta.persistence.EntityManager;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the typed rows of one kind in step with its documents. Called inside the transaction that
 * writes the document.
 */
public interface Projection {

  GroupResource resource();

  /**
   * Writes the row of the object, new or changed.
   *
   * @throws IllegalArgumentException if the object does not say what the row needs; validation
   *     comes before storing, so that is a defect
   */
  void put(EntityManager entities, ObjectNode object);

  void remove(EntityManager entities, ObjectKey key);
}
