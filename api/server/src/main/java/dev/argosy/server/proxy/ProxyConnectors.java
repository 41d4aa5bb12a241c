package dev.argosy.server.proxy;

import dev.argosy.server.connect.Connector;
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

  public ProxyConnectors(ResourceCaches caches, NodeTunnels tunnels) {
    this.endpoints = new ServiceEndpoints(caches);
    this.dialer = new PodDialer(tunnels);
    this.caches = caches;
    this.tunnels = tunnels;
  }

  /** By "resource/subresource". */
  public Map<String, Connector> all() {
    return Map.of(
        "pods/proxy", new ProxyConnector(new PodBackends(endpoints, dialer)),
        "services/proxy", new ProxyConnector(new ServiceBackends(endpoints, dialer)),
        "nodes/proxy", new NodeConnector(caches, tunnels));
  }
}
