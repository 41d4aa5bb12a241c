package dev.argosy.scheduler.filter;

import java.util.List;

/**
 * The filters, in the order in which they are asked: the cheap ones that reject most come first.
 */
public final class Filters {

  private static final List<Filter> ALL =
      List.of(
          new NodeUnschedulable(),
          new TaintToleration(),
          new NodeAffinity(),
          new NodePorts(),
          new NodeResourcesFit());

  private Filters() {}

  public static List<Filter> inOrder() {
    return ALL;
  }
}
