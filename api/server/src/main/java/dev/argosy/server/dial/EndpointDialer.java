package dev.argosy.server.dial;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds a ready endpoint of a service in its slices, and reaches the pod behind it through the
 * tunnel of the pod's node. Endpoints that are no pods, and external names, are dialled from here,
 * as far as the address policy allows.
 */
public final class EndpointDialer implements ServiceDialer {

  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource SLICES =
      new GroupResource("discovery.k8s.io", "endpointslices");

  /** How many endpoints are tried before the last one's failure counts. */
  private static final int TRIES = 3;

  private final ResourceCaches caches;
  private final NodeTunnels tunnels;
  private final AddressDialer addresses;

  public EndpointDialer(ResourceCaches caches, NodeTunnels tunnels, AddressDialer addresses) {
    this.caches = caches;
    this.tunnels = tunnels;
    this.addresses = addresses;
  }

  /** Where a service's traffic may go. */
  private record Endpoint(String pod, String address, int port) {}

  @Override
  public Connection dial(ServicePort target) throws DialException {
    JsonNode spec = service(target).tree().path("spec");
    if (spec.path("type").asString("").equals("ExternalName")) {
      return addresses.dial(
          target.cluster(), spec.path("externalName").asString(""), target.port());
    }
    String portName = portName(target, spec);
    List<Endpoint> endpoints = ready(target, portName);
    if (endpoints.isEmpty()) {
      throw new DialException("no endpoints available for service \"" + target.service() + "\"");
    }
    Collections.shuffle(endpoints);
    return first(target, endpoints);
  }

  private Connection first(ServicePort target, List<Endpoint> endpoints) throws DialException {
    DialException last = new DialException("no endpoints available");
    for (Endpoint endpoint : endpoints.subList(0, Math.min(TRIES, endpoints.size()))) {
      try {
        return dial(target, endpoint);
      } catch (DialException e) {
        last = e;
      }
    }
    throw last;
  }

  private ApiObject service(ServicePort target) throws DialException {
    return find(SERVICES, target, target.service())
        .orElseThrow(() -> new DialException("service \"" + target.service() + "\" not found"));
  }

  /** Ports of slices are known by the name of the service's port. */
  private static String portName(ServicePort target, JsonNode spec) throws DialException {
    for (JsonNode port : spec.path("ports")) {
      if (port.path("port").asInt(0) == target.port()) {
        return port.path("name").asString("");
      }
    }
    throw new DialException(
        "no service port " + target.port() + " found for service \"" + target.service() + "\"");
  }

  private List<Endpoint> ready(ServicePort target, String portName) {
    List<Endpoint> endpoints = new ArrayList<>();
    List<ApiObject> slices =
        caches
            .of(SLICES)
            .snapshot()
            .labelled(
                target.cluster(),
                target.namespace(),
                "kubernetes.io/service-name",
                target.service());
    for (ApiObject slice : slices) {
      JsonNode tree = slice.tree();
      for (JsonNode port : tree.path("ports")) {
        if (port.path("name").asString("").equals(portName)) {
          addReady(tree, port.path("port").asInt(0), endpoints);
        }
      }
    }
    return endpoints;
  }

  private static void addReady(JsonNode slice, int port, List<Endpoint> endpoints) {
    for (JsonNode endpoint : slice.path("endpoints")) {
      if (endpoint.path("conditions").path("ready").asBoolean(true)) {
        JsonNode ref = endpoint.path("targetRef");
        boolean pod = ref.path("kind").asString("").equals("Pod");
        endpoints.add(
            new Endpoint(
                pod ? ref.path("name").asString("") : "",
                endpoint.path("addresses").path(0).asString(""),
                port));
      }
    }
  }

  private Connection dial(ServicePort target, Endpoint endpoint) throws DialException {
    return endpoint.pod().isEmpty()
        ? addresses.dial(target.cluster(), endpoint.address(), endpoint.port())
        : throughTunnel(target, endpoint);
  }

  private Connection throughTunnel(ServicePort target, Endpoint endpoint) throws DialException {
    ApiObject pod =
        find(PODS, target, endpoint.pod())
            .orElseThrow(() -> new DialException("pod \"" + endpoint.pod() + "\" not found"));
    String node = pod.tree().path("spec").path("nodeName").asString("");
    PodRef ref = new PodRef(pod.cluster(), pod.namespace(), pod.name(), pod.meta().uid());
    return switch (tunnels.open(node, new StreamRequest.Proxy(ref, endpoint.port()))) {
      case ApiResult.Ok<TunnelStream>(TunnelStream stream) ->
          new Connection(stream.input(), stream.output(), stream::close);
      case ApiResult.Refused<TunnelStream>(Status status) ->
          throw new DialException(
              "dial pod " + pod.name() + " port " + endpoint.port() + ": " + status.message());
    };
  }

  private Optional<ApiObject> find(GroupResource resource, ServicePort target, String name) {
    return caches
        .of(resource)
        .snapshot()
        .get(new ObjectKey(resource, target.cluster(), target.namespace(), name));
  }
}
