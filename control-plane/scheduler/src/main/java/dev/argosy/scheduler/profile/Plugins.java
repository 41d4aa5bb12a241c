package dev.argosy.scheduler.profile;

import java.util.Map;
import java.util.Set;

/**
 * Which plugins work.
 *
 * @param filters names of filters that are asked
 * @param scores weights by the names of scores that count
 * @param preempts whether a pod for which there is no room may have others ended
 */
public record Plugins(Set<String> filters, Map<String, Integer> scores, boolean preempts) {

  /** The filters that there are, by Kubernetes' names. */
  static final Set<String> FILTERS =
      Set.of(
          "NodeUnschedulable",
          "TaintToleration",
          "NodeAffinity",
          "NodePorts",
          "NodeResourcesFit",
          "VolumeRestrictions",
          "NodeVolumeLimits",
          "VolumeBinding",
          "PodTopologySpread",
          "InterPodAffinity");

  /** The scores that there are, with Kubernetes' weights. */
  static final Map<String, Integer> SCORES =
      Map.of(
          "TaintToleration", 3,
          "NodeAffinity", 2,
          "NodeResourcesFit", 1,
          "NodeResourcesBalancedAllocation", 1,
          "PodTopologySpread", 2,
          "InterPodAffinity", 2,
          "ImageLocality", 1);

  static final String PREEMPTION = "DefaultPreemption";

  /** All of them. */
  public static final Plugins DEFAULT = new Plugins(FILTERS, SCORES, true);

  public Plugins {
    filters = Set.copyOf(filters);
    scores = Map.copyOf(scores);
  }
}
