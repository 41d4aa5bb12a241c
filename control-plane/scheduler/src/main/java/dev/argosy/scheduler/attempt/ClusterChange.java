package dev.argosy.scheduler.attempt;

/** What may happen that helps a pod for which there was no node. */
public enum ClusterChange {
  NODE_ADDED,
  NODE_LABELS,
  NODE_TAINTS,
  NODE_CAPACITY,
  POD_PLACED,
  /** A pod on a node has other labels, or has begun to end. */
  POD_CHANGED,
  POD_RESIZED,
  POD_GONE,
  NAMESPACE_LABELS,
  VOLUMES,
  POOLS
}
