package dev.argosy.server.access;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.Optional;

/**
 * Reads single objects for access decisions, past the access rules themselves. Answers from memory
 * when it can; an object that memory does not know is asked of the store, so "not there" is true.
 */
public interface ObjectLookup {
  Optional<ApiObject> find(ObjectKey key);
}
