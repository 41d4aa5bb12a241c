package dev.argosy.server.dial;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.dial.ServiceEndpoints.Endpoint;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.store.cache.ResourceCaches;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Finds a ready endpoint of a service in its slices, and reaches the pod behind it through the
 * tunnel of the pod's node. Endpoints that are no pods, and external names, are dialled from here,
 * as far as the address policy allows.
 */
public final class EndpointDialer implements ServiceDialer {

  /** How many endpoints are tried before the last one's failure counts. */
  private static final int TRIES = 3;

  private final ServiceEndpoints endpoints;
  private final PodDialer pods;
  private final AddressDialer addresses;

  public EndpointDialer(ResourceCaches caches, NodeTunnels tunnels, AddressDialer addresses) {
    this.endpoints = new ServiceEndpoints(caches);
    this.pods = new PodDialer(tunnels);
    this.addresses = addresses;
  }

  @Override
  public Connection dial(ServicePort target) throws DialException {
    JsonNode spec = service(target).tree().path("spec");
    if (spec.path("type").asString("").equals("ExternalName")) {
      return addresses.dial(
          target.cluster(), spec.path("externalName").asString(""), target.port());
    }
    String portName =
        ServiceEndpoints.portName(spec, target.port())
            .orElseThrow(() ->
                new DialException(
                    "no service port "
                        + target.port()
                        + " found for service \""
                        + target.service()
                        + "\""));
    List<Endpoint> ready =
        endpoints.ready(target.cluster(), target.namespace(), target.service(), portName);
    if (ready.isEmpty()) {
      throw new DialException("no endpoints available for service \"" + target.service() + "\"");
    }
    Collections.shuffle(ready);
    return first(target, ready);
  }

  private Connection first(ServicePort target, List<Endpoint> ready) throws DialException {
    DialException last = new DialException("no endpoints available");
    for (Endpoint endpoint : ready.subList(0, Math.min(TRIES, ready.size()))) {
      try {
        return dial(target, endpoint);
      } catch (DialException e) {
        last = e;
      }
    }
    throw last;
  }

  private ApiObject service(ServicePort target) throws DialException {
    return endpoints
        .service(target.cluster(), target.namespace(), target.service())
        .orElseThrow(() -> new DialException("service \"" + target.service() + "\" not found"));
  }

  private Connection dial(ServicePort target, Endpoint endpoint) throws DialException {
    if (endpoint.pod().isEmpty()) {
      return addresses.dial(target.cluster(), endpoint.address(), endpoint.port());
    }
    ApiObject pod =
        endpoints
            .pod(target.cluster(), target.namespace(), endpoint.pod())
            .orElseThrow(() -> new DialException("pod \"" + endpoint.pod() + "\" not found"));
    return pods.dial(pod, endpoint.port());
  }
}
