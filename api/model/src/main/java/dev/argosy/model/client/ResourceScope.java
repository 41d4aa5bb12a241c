package dev.argosy.model.client;

import dev.argosy.model.kind.GroupResource;

/**
 * A collection: all objects of a resource in one namespace, one cluster, or everywhere.
 *
 * @param cluster the logical cluster, or {@link #ALL} (platform components only)
 * @param namespace the namespace, or {@link #ALL}; also {@code ALL} for cluster-scoped resources
 */
public record ResourceScope(GroupResource resource, String cluster, String namespace) {

  /** Stands for every cluster, or every namespace. */
  public static final String ALL = "";

  public static ResourceScope everywhere(GroupResource resource) {
    return new ResourceScope(resource, ALL, ALL);
  }

  public static ResourceScope cluster(GroupResource resource, String cluster) {
    return new ResourceScope(resource, cluster, ALL);
  }

  public static ResourceScope namespace(GroupResource resource, String cluster, String namespace) {
    return new ResourceScope(resource, cluster, namespace);
  }

  public boolean allClusters() {
    return cluster.isEmpty();
  }
}
