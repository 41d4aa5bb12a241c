package dev.argosy.tenancy.objects;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** An object's key as columns. */
@Embeddable
class KeyColumns {

  @Column(name = "api_group", nullable = false, updatable = false)
  private String group = "";

  @Column(name = "resource", nullable = false, updatable = false)
  private String resource = "";

  @Column(name = "cluster", nullable = false, updatable = false)
  private String cluster = "";

  @Column(name = "namespace", nullable = false, updatable = false)
  private String namespace = "";

  @Column(name = "name", nullable = false, updatable = false)
  private String name = "";

  protected KeyColumns() {}

  KeyColumns(ObjectKey key) {
    group = key.resource().group();
    resource = key.resource().resource();
    cluster = key.cluster();
    namespace = key.namespace();
    name = key.name();
  }

  ObjectKey key() {
    return new ObjectKey(new GroupResource(group, resource), cluster, namespace, name);
  }
}
