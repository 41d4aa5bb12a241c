package dev.argosy.controllers;

import dev.argosy.controllers.csi.DriverController;
import dev.argosy.controllers.ipam.PodSubnets;
import dev.argosy.controllers.namespace.RemoteResources;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.leader.LeaseTiming;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the controllers need to be told.
 *
 * @param identity of this process among those that run for leader; different in each
 * @param rootCaPem certificates that clients in pods shall trust; goes into every namespace
 * @param served what there is to be looked after
 * @param podSubnets where nodes get their pod subnets from
 * @param timing of the leader's lease
 * @param drivers how storage drivers on nodes are asked
 */
public record ControllerConfig(
    String identity,
    String rootCaPem,
    Served served,
    PodSubnets podSubnets,
    LeaseTiming timing,
    DriverController drivers) {

  /**
   * The resources that clusters have besides those of their definitions.
   *
   * @param stored every stored resource in its preferred version (of the table of kinds); asked
   *     when a term of leadership begins, and for each namespace that is emptied
   * @param remote those of other API servers; asked for each namespace that is emptied
   */
  public record Served(Supplier<List<ResourceType>> stored, RemoteResources remote) {}

  public ControllerConfig {
    if (identity.isEmpty() || rootCaPem.isEmpty()) {
      throw new IllegalArgumentException("controllers need an identity and a root CA");
    }
  }

  /** With pod subnets of 10.244.0.0/16 and the usual lease times. */
  public static ControllerConfig of(
      String identity, String rootCaPem, Supplier<List<ResourceType>> stored) {
    return of(identity, rootCaPem, new Served(stored, RemoteResources.NONE));
  }

  /** The same, with other API servers. */
  public static ControllerConfig of(String identity, String rootCaPem, Served served) {
    return new ControllerConfig(
        identity,
        rootCaPem,
        served,
        PodSubnets.DEFAULT,
        LeaseTiming.DEFAULT,
        DriverController.NONE);
  }

  /** The same, with a way to the storage drivers of nodes. */
  public ControllerConfig withDrivers(DriverController way) {
    return new ControllerConfig(identity, rootCaPem, served, podSubnets, timing, way);
  }
}
