package dev.argosy.agent.network.service;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a node needs to know of a service.
 *
 * @param type {@code ClusterIP}, {@code NodePort}, {@code LoadBalancer}, {@code ExternalName}
 * @param clusterIp the IPv4 address; empty if it has none (headless, external)
 * @param externalName the target of an external name; empty for other types
 * @param affinity whether a client keeps to one endpoint
 * @param publishNotReady whether endpoints count before they are ready
 * @param policy whether clients are kept to a node's own endpoints
 */
public record ServiceView(
    ObjectKey key,
    String type,
    String clusterIp,
    String externalName,
    boolean affinity,
    boolean publishNotReady,
    Policy policy,
    List<Port> ports) {

  /**
   * Where a node's own endpoints are the only ones.
   *
   * @param inside for connections to the ClusterIP ({@code internalTrafficPolicy: Local})
   * @param outside for those from outside ({@code externalTrafficPolicy: Local})
   */
  public record Policy(boolean inside, boolean outside) {

    public static final Policy CLUSTER = new Policy(false, false);
  }

  /**
   * A port.
   *
   * @param name empty for the single unnamed one
   * @param protocol {@code tcp}, {@code udp} or {@code sctp}
   * @param nodePort 0 if it has none
   */
  public record Port(String name, String protocol, int port, int nodePort) {}

  public ServiceView {
    ports = List.copyOf(ports);
  }

  public static ServiceView of(ApiObject object) {
    JsonNode spec = object.tree().path("spec");
    String ip = spec.path("clusterIP").asString("");
    List<Port> ports = new ArrayList<>();
    for (JsonNode port : spec.path("ports")) {
      ports.add(
          new Port(
              port.path("name").asString(""),
              Protocols.of(port.path("protocol").asString("TCP")),
              port.path("port").asInt(0),
              port.path("nodePort").asInt(0)));
    }
    return new ServiceView(
        object.key(),
        spec.path("type").asString("ClusterIP"),
        Ipv4.valid(ip) ? ip : "",
        spec.path("externalName").asString(""),
        "ClientIP".equals(spec.path("sessionAffinity").asString("")),
        spec.path("publishNotReadyAddresses").asBoolean(false),
        new Policy(local(spec, "internalTrafficPolicy"), local(spec, "externalTrafficPolicy")),
        ports);
  }

  private static boolean local(JsonNode spec, String field) {
    return spec.path(field).asString("").equals("Local");
  }

  /** Whether it has endpoints of its own but no address. */
  public boolean headless() {
    return clusterIp.isEmpty() && !"ExternalName".equals(type);
  }
}
