package dev.argosy.model.client.fake;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Status;
import java.util.Optional;

/** Makes requests fail, for tests of what happens then. */
@FunctionalInterface
public interface Fault {

  /** A fault that never strikes. */
  Fault NONE = (verb, resource, name) -> Optional.empty();

  /**
   * How to refuse this request; empty to serve it.
   *
   * @param verb create, update, patch, delete, get, list, watch, or the name of a posted
   *     subresource
   * @param resource of a path that is no resource, the path in no group
   * @param name empty where the request has none
   */
  Optional<Status> refuse(String verb, GroupResource resource, String name);

  /** What to answer instead of the truth after this request was served; empty to tell the truth. */
  default Optional<Status> lose(String verb, GroupResource resource, String name) {
    return Optional.empty();
  }
}
