package dev.argosy.controllers.topology;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.node.PoolGrants;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The zones of the nodes that clusters may use. Any thread may ask. */
public final class Zones {

  private final Informer<ZonedNode> nodes;
  private final Informer<PoolGrants.Grant> tenants;
  private final PoolGrants grants;
  private final Map<String, ZoneShares> known = new ConcurrentHashMap<>();

  public Zones(ControllerContext context) {
    this.nodes = context.informer(ZonedNode.ALL);
    this.tenants = context.informer(PoolGrants.SPEC);
    this.grants = new PoolGrants(tenants);
  }

  /**
   * Tells when the zones of some cluster may have changed; heartbeats change nothing. Must be
   * quick.
   */
  public void onChange(Runnable action) {
    nodes.addHandler(new Change(action));
    tenants.onChange(grant -> {
      known.clear();
      action.run();
    });
  }

  /** What the zones of a cluster's nodes have; made once for each state of them. */
  public ZoneShares of(String cluster) {
    return known.computeIfAbsent(cluster, this::count);
  }

  private ZoneShares count(String cluster) {
    TreeMap<String, Long> cpus = new TreeMap<>();
    for (ZonedNode node : nodes.all()) {
      if (node.counts() && grants.allows(cluster, node.pool())) {
        if (node.zone().isEmpty() || node.milliCpu() <= 0) {
          return ZoneShares.UNKNOWN;
        }
        cpus.merge(node.zone(), node.milliCpu(), Long::sum);
      }
    }
    return ZoneShares.of(cpus);
  }

  private final class Change implements InformerHandler<ZonedNode> {
    private final Runnable action;

    Change(Runnable action) {
      this.action = action;
    }

    @Override
    public void added(ZonedNode node) {
      known.clear();
      action.run();
    }

    @Override
    public void updated(ZonedNode old, ZonedNode node) {
      if (!node.equals(old)) {
        added(node);
      }
    }

    @Override
    public void deleted(ZonedNode node) {
      added(node);
    }
  }
}
