package dev.argosy.model.use;

import dev.argosy.model.tunnel.PodRef;
import java.util.List;

/**
 * A pod's instances: those that live, and those that ended and are not known to be kept yet.
 *
 * @param pod as the agent knows it; only the uid counts
 */
public record PodUse(PodRef pod, List<InstanceUse> instances) {

  /** A pod whose containers end all the time has as many while the server cannot be reached. */
  private static final int MOST = 10_000;

  public PodUse {
    instances = List.copyOf(instances);
    if (pod.uid().isEmpty() || pod.uid().length() > 128) {
      throw new IllegalArgumentException("a pod has a uid of at most 128 characters");
    }
    if (instances.size() > MOST) {
      throw new IllegalArgumentException("a pod has at most " + MOST + " instances");
    }
  }
}
