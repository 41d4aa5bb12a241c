package dev.argosy.model.object;

import static java.util.Objects.requireNonNull;

import dev.argosy.model.kind.GroupResource;
import java.util.Comparator;

/**
 * Where an object lives: resource, logical cluster, namespace, name.
 *
 * @param resource group and plural name; versions of one resource share their objects
 * @param cluster the logical cluster (tenant) it belongs to; never empty
 * @param namespace its namespace, or the empty string for cluster-scoped resources
 * @param name its name; never empty
 */
public record ObjectKey(GroupResource resource, String cluster, String namespace, String name)
    implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::resource)
          .thenComparing(ObjectKey::cluster)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  public ObjectKey {
    requireNonNull(resource, "resource");
    requireNonNull(namespace, "namespace");
    if (cluster.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("an object key needs a cluster and a name");
    }
  }

  /** Orders as the store does: by resource, cluster, namespace, name, each by its characters. */
  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return resource + "/" + cluster + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
