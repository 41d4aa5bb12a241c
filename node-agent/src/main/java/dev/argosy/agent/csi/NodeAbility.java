package dev.argosy.agent.csi;

import java.util.Arrays;
import java.util.Optional;

/** What a driver's node service may be able to do. */
public enum NodeAbility {
  STAGE_UNSTAGE_VOLUME(1),
  GET_VOLUME_STATS(2),
  EXPAND_VOLUME(3),
  VOLUME_CONDITION(4),
  SINGLE_NODE_MULTI_WRITER(5),
  VOLUME_MOUNT_GROUP(6);

  private final int number;

  NodeAbility(int number) {
    this.number = number;
  }

  /** By CSI's number; empty for one that came later than this agent. */
  static Optional<NodeAbility> of(long number) {
    return Arrays.stream(values()).filter(a -> a.number == number).findFirst();
  }
}
