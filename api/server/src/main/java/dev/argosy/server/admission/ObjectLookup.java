package dev.argosy.server.admission;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.Optional;

/** Finds objects that a rule depends on. */
public interface ObjectLookup {

  /**
   * The object, from the cache; from the store if the cache does not have it, so that what was just
   * created is found.
   */
  Optional<ApiObject> find(ObjectKey key);
}
