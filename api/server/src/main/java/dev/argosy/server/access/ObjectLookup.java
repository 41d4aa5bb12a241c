package dev.argosy.server.access;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads single objects for access decisions, past the access rules themselves. Answers from memory
 * when it can; an object that memory does not know is asked of the store, so "not there" is true.
 */
public interface ObjectLookup {
  Optional<ApiObject> find(ObjectKey key);

  /**
   * The object if it is one that is wanted. One that is there and not wanted costs as much as one
   * that is not there, so that whoever is refused cannot tell them apart by time.
   */
  default Optional<ApiObject> find(ObjectKey key, Predicate<ApiObject> wanted) {
    return find(key).filter(wanted);
  }
}
