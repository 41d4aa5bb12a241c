package dev.argosy.controllers;

import dev.argosy.controllers.ipam.PodSubnets;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.leader.LeaseTiming;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the controllers need to be told.
 *
 * @param identity of this process among those that run for leader; different in each
 * @param rootCaPem certificates that clients in pods shall trust; goes into every namespace
 * @param types every stored resource in its preferred version (of the table of kinds); asked when a
 *     term of leadership begins, and for each namespace that is emptied
 * @param podSubnets where nodes get their pod subnets from
 * @param timing of the leader's lease
 */
public record ControllerConfig(
    String identity,
    String rootCaPem,
    Supplier<List<ResourceType>> types,
    PodSubnets podSubnets,
    LeaseTiming timing) {

  public ControllerConfig {
    if (identity.isEmpty() || rootCaPem.isEmpty()) {
      throw new IllegalArgumentException("controllers need an identity and a root CA");
    }
  }

  /** With pod subnets of 10.244.0.0/16 and Kubernetes' lease times. */
  public static ControllerConfig of(
      String identity, String rootCaPem, Supplier<List<ResourceType>> types) {
    return new ControllerConfig(
        identity, rootCaPem, types, PodSubnets.DEFAULT, LeaseTiming.DEFAULT);
  }
}
