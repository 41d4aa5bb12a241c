package dev.argosy.scheduler.filter;

/** What may happen that helps a pod for which there was no node. */
public enum ClusterChange {
  NODE_ADDED,
  NODE_LABELS,
  NODE_TAINTS,
  NODE_CAPACITY,
  POD_GONE,
  POOLS
}
