package dev.argosy.model.use;

import java.util.Objects;

/**
 * One run of one container, or one network namespace of a pod.
 *
 * @param id never used again: of an engine's container, and when it began
 * @param container its name in the pod; empty for the pod's network
 */
public record InstanceUse(String id, String container, Moment moment, Counters counters) {

  private static final int LONGEST = 256;

  public InstanceUse {
    Objects.requireNonNull(moment, "moment");
    Objects.requireNonNull(counters, "counters");
    if (id.isEmpty() || id.length() > LONGEST || container.length() > LONGEST) {
      throw new IllegalArgumentException("an instance has an id of at most 256 characters");
    }
  }

  /** Whether it is the pod's network, not one of its containers. */
  public boolean network() {
    return container.isEmpty();
  }
}
