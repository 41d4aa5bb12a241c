package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.first.FirstOfNamespace;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes what every logical cluster has at the beginning: its namespaces, each with its service
 * account and the root CA's config map, and the service {@code kubernetes} with its endpoints. What
 * a namespace begins with is made with it, in one transaction; roles need no making.
 */
public final class ClusterSetup {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterSetup.class);

  static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");

  private static final GroupResource NAMESPACE = new GroupResource("", "namespaces");
  private static final GroupResource SERVICE = new GroupResource("", "services");
  private static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");
  private static final GroupResource SLICE =
      new GroupResource("discovery.k8s.io", "endpointslices");
  private static final String NAME = "kubernetes";

  private final ApiClient client;
  private final Founding founding;
  private final ApiAddress address;
  private final String caPem;

  /**
   * @param caPem certificates that clients in pods shall trust
   */
  public ClusterSetup(ApiClient client, Founding founding, ApiAddress address, String caPem) {
    this.client = client;
    this.founding = founding;
    this.address = address;
    this.caPem = caPem;
  }

  /**
   * Makes what is missing.
   *
   * @throws StatusException if the API refuses
   */
  void ensure(String cluster) {
    for (String name : NAMESPACES) {
      boolean first = name.equals(NAMESPACES.getFirst());
      if (!founded(cluster, whole(name, first ? api() : List.of()))) {
        create(ResourceScope.cluster(NAMESPACE, cluster), namespace(name));
        if (first) {
          ensureApi(cluster);
        }
      }
    }
  }

  /** Whether it was; if not, one by one may be, or says what is in the way. */
  private boolean founded(String cluster, List<ObjectNode> objects) {
    try {
      return founding.found(cluster, objects);
    } catch (StatusException e) {
      LOG.debug("{}: not at once: {}", cluster, e.getMessage());
      return false;
    }
  }

  /** Controllers make its account and its config map, too, where they are missing. */
  private List<ObjectNode> whole(String name, List<ObjectNode> more) {
    List<ObjectNode> all = new ArrayList<>();
    all.add(namespace(name));
    all.add(FirstOfNamespace.account(name));
    all.add(FirstOfNamespace.rootCa(name, caPem));
    all.addAll(more);
    return all;
  }

  private static ObjectNode namespace(String name) {
    ObjectNode namespace = Json.object();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    return namespace;
  }

  private List<ObjectNode> api() {
    return address.advertised().isEmpty()
        ? List.of(service())
        : List.of(service(), endpoints(), slice());
  }

  private void ensureApi(String cluster) {
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
