package dev.argosy.tenancy.objects;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import jakarta.persistence.EntityManager;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the typed rows of one kind in step with its documents. Called inside the transaction that
 * writes the document.
 *
 * @param resource whose objects have rows
 * @param row the entity class of the rows
 * @param value reads an object; throws IllegalArgumentException if it does not say what the row
 *     needs, which is a defect, since validation comes before storing
 * @param fresh a row of that name
 */
public record Projection<T, R extends NamedRow<T>>(
    GroupResource resource,
    Class<R> row,
    Function<ObjectNode, T> value,
    Function<String, R> fresh) {

  /** Writes the row of the object, new or changed. */
  void put(EntityManager entities, ObjectKey key, ObjectNode object) {
    T said = value.apply(object);
    R present = entities.find(row, key.name());
    if (present == null) {
      R made = fresh.apply(key.name());
      made.become(said);
      entities.persist(made);
    } else {
      present.become(said);
    }
  }

  void remove(EntityManager entities, ObjectKey key) {
    R present = entities.find(row, key.name());
    if (present != null) {
      entities.remove(present);
    }
  }
}
