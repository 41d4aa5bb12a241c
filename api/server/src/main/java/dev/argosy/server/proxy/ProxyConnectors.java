package dev.argosy.server.proxy;

import dev.argosy.server.connect.Connector;
import dev.argosy.server.connect.LogReader;
import dev.argosy.server.dial.PodDialer;
import dev.argosy.server.dial.ServiceEndpoints;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.store.cache.ResourceCaches;
import java.util.Map;

/** Makes the connectors of the subresources {@code proxy}. */
public final class ProxyConnectors {

  private final ServiceEndpoints endpoints;
  private final PodDialer dialer;
  private final ResourceCaches caches;
  private final NodeTunnels tunnels;
  private final LogReader logs;

  /**
   * @param logs of pods, for those who ask a node for them
   */
  public ProxyConnectors(ResourceCaches caches, NodeTunnels tunnels, LogReader logs) {
    this.endpoints = new ServiceEndpoints(caches);
    this.dialer = new PodDialer(tunnels);
    this.caches = caches;
    this.tunnels = tunnels;
    this.logs = logs;
  }

  /** By "resource/subresource". */
  public Map<String, Connector> all() {
    return Map.of(
        "pods/proxy", new ProxyConnector(new PodBackends(endpoints, dialer)),
        "services/proxy", new ProxyConnector(new ServiceBackends(endpoints, dialer)),
        "nodes/proxy", new NodeConnector(caches, tunnels, new NodePods(caches, logs)));
  }
}
