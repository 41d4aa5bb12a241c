package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes what every logical cluster has at the beginning: its namespaces and the service {@code
 * kubernetes} with its endpoints. Service accounts and the root CA's config map follow from the
 * namespaces, by their controllers; roles need no making.
 */
final class ClusterSetup {

  static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");

  private static final GroupResource NAMESPACE = new GroupResource("", "namespaces");
  private static final GroupResource SERVICE = new GroupResource("", "services");
  private static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");
  private static final GroupResource SLICE =
      new GroupResource("discovery.k8s.io", "endpointslices");
  private static final String NAME = "kubernetes";

  private final ApiClient client;
  private final ApiAddress address;

  ClusterSetup(ApiClient client, ApiAddress address) {
    this.client = client;
    this.address = address;
  }

  /**
   * Makes what is missing.
   *
   * @throws StatusException if the API refuses
   */
  void ensure(String cluster) {
    for (String name : NAMESPACES) {
      ObjectNode namespace = Json.object();
      namespace.put("apiVersion", "v1").put("kind", "Namespace");
      namespace.putObject("metadata").put("name", name);
      create(ResourceScope.cluster(NAMESPACE, cluster), namespace);
    }
    ObjectKey service = new ObjectKey(SERVICE, cluster, "default", NAME);
    if (client.get(service).orAbsent().isEmpty()) { // its address is refused before its name
      create(ResourceScope.namespace(SERVICE, cluster, "default"), service());
    }
    if (!address.advertised().isEmpty()) {
      create(ResourceScope.namespace(ENDPOINTS, cluster, "default"), endpoints());
      create(ResourceScope.namespace(SLICE, cluster, "default"), slice());
    }
  }

  private ObjectNode service() {
    ObjectNode service = Json.object();
    service.put("apiVersion", "v1").put("kind", "Service");
    ObjectNode meta = service.putObject("metadata");
    meta.put("name", NAME).put("namespace", "default");
    meta.putObject("labels").put("component", "apiserver").put("provider", "kubernetes");
    ObjectNode spec = service.putObject("spec");
    spec.put("type", "ClusterIP").put("clusterIP", address.clusterIp());
    spec.putArray("clusterIPs").add(address.clusterIp());
    spec.putArray("ports")
        .addObject()
        .put("name", "https")
        .put("protocol", "TCP")
        .put("port", 443)
        .put("targetPort", address.port());
    return service;
  }

  private ObjectNode endpoints() {
    ObjectNode endpoints = Json.object();
    endpoints.put("apiVersion", "v1").put("kind", "Endpoints");
    ObjectNode meta = endpoints.putObject("metadata");
    meta.put("name", NAME).put("namespace", "default");
    meta.putObject("labels").put("endpointslice.kubernetes.io/skip-mirror", "true");
    ObjectNode subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", address.advertised());
    subset.putArray("ports").add(port());
    return endpoints;
  }

  private ObjectNode slice() {
    ObjectNode slice = Json.object();
    slice.put("apiVersion", SLICE.group() + "/v1").put("kind", "EndpointSlice");
    ObjectNode meta = slice.putObject("metadata");
    meta.put("name", NAME).put("namespace", "default");
    meta.putObject("labels").put("kubernetes.io/service-name", NAME);
    slice.put("addressType", "IPv4");
    ObjectNode endpoint = slice.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add(address.advertised());
    endpoint.putObject("conditions").put("ready", true);
    slice.putArray("ports").add(port());
    return slice;
  }

  private ObjectNode port() {
    return Json.object().put("name", "https").put("port", address.port()).put("protocol", "TCP");
  }

  /** No look whether it is there: hardly ever is it. */
  private void create(ResourceScope scope, ObjectNode object) {
    if (client.create(scope, object) instanceof ApiResult.Refused<?> refused
        && refused.status().reason() != Reason.ALREADY_EXISTS) {
      throw new StatusException(refused.status());
    }
  }
}
