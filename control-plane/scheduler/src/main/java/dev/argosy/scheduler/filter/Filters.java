package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.profile.Plugins;
import dev.argosy.scheduler.profile.Profile;
import java.util.List;

/**
 * The filters, in the order in which they are asked: the cheap ones that reject most come first.
 */
public final class Filters {

  private static final Filter AFFINITY = new NodeAffinity();

  private static final WideFilter EXTENDERS = new Advised();

  private static final List<Filter> OF_NODES =
      List.of(
          new NodeUnschedulable(),
          new TaintToleration(),
          AFFINITY,
          new NodePorts(),
          new NodeResourcesFit());

  private static final List<WideFilter> WIDE =
      List.of(
          new VolumeRestrictions(),
          new NodeVolumeLimits(),
          new VolumeBinding(),
          new PodTopologySpread(),
          new InterPodAffinity(),
          EXTENDERS);

  /** What {@link #notNamed} says of a node that required affinity does not name. */
  public static final Verdict.Rejected NOT_NAMED = NodeAffinity.REJECTED;

  private Filters() {}

  /** The filter that looks at node affinity. */
  public static Rejecter notNamed() {
    return AFFINITY;
  }

  /** Who speaks for extenders. */
  public static Rejecter extenders() {
    return EXTENDERS;
  }

  /** Those that look at one node by itself; they come before the others. */
  public static List<Filter> ofNodes(Profile profile) {
    return those(OF_NODES, profile);
  }

  public static List<WideFilter> wide(Profile profile) {
    return those(WIDE, profile);
  }

  /** Extenders are no plugin. */
  private static <T extends Rejecter> List<T> those(List<T> all, Profile profile) {
    Plugins plugins = profile.plugins();
    return plugins.filters().size() == OF_NODES.size() + WIDE.size() - 1
        ? all
        : all.stream()
            .filter(f -> f.name().equals(Advised.NAME) || plugins.filters().contains(f.name()))
            .toList();
  }
}
