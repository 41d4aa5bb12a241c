package dev.argosy.agent.csi;

/** What a driver's node service may be able to do; an entry's place is its number in CSI. */
public enum NodeAbility {
  UNKNOWN,
  STAGE_UNSTAGE_VOLUME,
  GET_VOLUME_STATS,
  EXPAND_VOLUME,
  VOLUME_CONDITION,
  SINGLE_NODE_MULTI_WRITER,
  VOLUME_MOUNT_GROUP
}
