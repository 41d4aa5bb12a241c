package dev.argosy.controllers.runtime;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.Subject;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that manages others.
 *
 * @param apiVersion of its kind, for example {@code apps/v1}
 */
public record Owner(String apiVersion, String kind, ApiObject object) {

  public ObjectKey key() {
    return object.key();
  }

  public String name() {
    return object.name();
  }

  public String uid() {
    return object.meta().uid();
  }

  /** A new owner reference that names this one as the manager. */
  public ObjectNode reference() {
    return Owned.by(apiVersion, kind, object);
  }

  /** What events about it name. */
  public Subject subject() {
    return Subject.of(apiVersion, kind, object);
  }

  /** Where its dependents of a resource live. */
  public ResourceScope beside(GroupResource resource) {
    return ResourceScope.namespace(resource, key().cluster(), key().namespace());
  }
}
