package dev.argosy.scheduler.share;

import dev.argosy.scheduler.pod.PodView;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What clusters have beyond their guarantees, while it is tried out what would be without some
 * pods. One thread.
 */
public final class Loans {

  private final Function<String, Load> now;
  private final Function<String, Entitlement> entitlements;
  private final Map<String, Load> left = new HashMap<>();

  Loans(Function<String, Load> now, Function<String, Entitlement> entitlements) {
    this.now = now;
    this.entitlements = entitlements;
  }

  private Load left(String cluster) {
    return left.computeIfAbsent(cluster, now);
  }

  /** The greatest part of any resource of all nodes that the cluster has beyond its guarantee. */
  public double of(String cluster) {
    return entitlements.apply(cluster).beyond(left(cluster));
  }

  /** Whether the pod's tenant has all that is guaranteed to it even without this pod. */
  public boolean canLose(PodView pod) {
    String cluster = pod.key().cluster();
    Entitlement own = entitlements.apply(cluster);
    return !cluster.equals(Shares.ROOT)
        && (own.none() || own.filled(left(cluster).minus(pod.demand())) >= 1);
  }

  /** As if the pod were gone. */
  public void lose(PodView pod) {
    String cluster = pod.key().cluster();
    left.put(cluster, left(cluster).minus(pod.demand()));
  }
}
