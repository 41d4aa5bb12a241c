package dev.argosy.model.tunnel;

/**
 * A pod on a node.
 *
 * @param uid the pod's uid, so that a successor of the same name is never mistaken for it
 */
public record PodRef(String cluster, String namespace, String name, String uid) {
  public PodRef {
    if (cluster.isEmpty() || namespace.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("a pod has a cluster, a namespace and a name");
    }
  }
}
