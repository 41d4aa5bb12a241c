package dev.argosy.server.registry;

import dev.argosy.model.status.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services: each has an address and node ports of its own, taken in the same transaction. */
final class ServiceRules implements KindRules {

  private static final String HEALTH_PORT = "healthCheckNodePort";
  private static final Set<String> WITH_NODE_PORTS = Set.of("NodePort", "LoadBalancer");

  private final ServiceAddresses addresses;
  private final NodePorts nodePorts;

  ServiceRules(ServiceAddresses addresses, NodePorts nodePorts) {
    this.addresses = addresses;
    this.nodePorts = nodePorts;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    if (object.get("spec") instanceof ObjectNode spec) {
      allocateAddress(write, claims, spec, null);
      allocatePorts(write, claims, spec, Set.of());
    }
    object.putObject("status").putObject("loadBalancer");
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    if (!(object.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    JsonNode oldSpec = old.path("spec");
    dropWhatNoLongerApplies(spec, oldSpec);
    keepWhatIsNotSaid(spec, oldSpec);
    allocateAddress(write, claims, spec, oldSpec);
    Set<Integer> had = ports(oldSpec);
    allocatePorts(write, claims, spec, had);
    Set<Integer> left = new HashSet<>(had);
    left.removeAll(ports(spec));
    left.forEach(port -> claims.release(nodePorts.key(port)));
  }

  @Override
  public void beforeRemoval(Claims claims, String cluster, ObjectNode object) {
    JsonNode spec = object.path("spec");
    addresses.release(cluster, spec.path("clusterIP").asString(""), claims);
    ports(spec).forEach(port -> claims.release(nodePorts.key(port)));
  }

  /** Who changes the type of a service need not take back what only the old type has. */
  private static void dropWhatNoLongerApplies(ObjectNode spec, JsonNode old) {
    if (!type(spec).equals("LoadBalancer")) {
      dropIfSame(spec, old, "loadBalancerClass");
      dropIfSame(spec, old, "allocateLoadBalancerNodePorts");
    }
    boolean outside =
        WITH_NODE_PORTS.contains(type(spec))
            || type(spec).equals("ClusterIP") && !spec.path("externalIPs").isEmpty();
    if (!outside) {
      dropIfSame(spec, old, "externalTrafficPolicy");
    }
    if (!hasHealthCheck(spec)) {
      dropIfSame(spec, old, HEALTH_PORT);
    }
  }

  private static void dropIfSame(ObjectNode spec, JsonNode old, String field) {
    if (spec.has(field) && spec.path(field).equals(old.path(field))) {
      spec.remove(field);
    }
  }

  /** Balancers that keep to a node's own pods ask each node whether it has any. */
  private static boolean hasHealthCheck(JsonNode spec) {
    return type(spec).equals("LoadBalancer")
        && spec.path("externalTrafficPolicy").asString("").equals("Local");
  }

  /** A replacement that leaves the address or node ports out means the ones that are there. */
  private static void keepWhatIsNotSaid(ObjectNode spec, JsonNode old) {
    boolean external = type(spec).equals("ExternalName") || type(old).equals("ExternalName");
    if (!external && spec.path("clusterIP").asString("").isEmpty()) {
      Metadata.setOrRemove(spec, "clusterIP", old.get("clusterIP"));
      Metadata.setOrRemove(spec, "clusterIPs", old.get("clusterIPs"));
    }
    if (hasHealthCheck(spec) && spec.path(HEALTH_PORT).asInt(0) == 0) {
      Metadata.setOrRemove(spec, HEALTH_PORT, old.get(HEALTH_PORT));
    }
    if (WITH_NODE_PORTS.contains(type(spec))) {
      for (JsonNode port : spec.path("ports")) {
        keepNodePort((ObjectNode) port, old);
      }
    }
  }

  private static void keepNodePort(ObjectNode port, JsonNode old) {
    if (port.path("nodePort").asInt(0) != 0) {
      return;
    }
    for (JsonNode before : old.path("ports")) {
      boolean same =
          before.path("port").asInt(0) == port.path("port").asInt(0)
              && before.path("protocol").asString("").equals(port.path("protocol").asString(""));
      if (same && before.path("nodePort").asInt(0) != 0) {
        port.put("nodePort", before.path("nodePort").asInt());
      }
    }
  }

  private void allocateAddress(
      Write write, Claims claims, ObjectNode spec, @Nullable JsonNode old) {
    String before = old == null ? "" : old.path("clusterIP").asString("");
    if (type(spec).equals("ExternalName")) {
      spec.remove(List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"));
      addresses.release(write.cluster(), before, claims);
      return;
    }
    String wanted = wantedAddress(spec);
    if (wanted.equals("None") || !wanted.isEmpty() && wanted.equals(before)) {
      setAddress(spec, wanted);
      return;
    }
    if (!before.isEmpty() && !wanted.isEmpty()) {
      return; // a change that validation refuses
    }
    String taken =
        wanted.isEmpty()
            ? addresses.takeAny(write.cluster(), claims)
            : addresses.take(write, claims, wanted);
    setAddress(spec, taken);
  }

  private static String wantedAddress(ObjectNode spec) {
    String one = spec.path("clusterIP").asString("");
    return one.isEmpty() ? spec.path("clusterIPs").path(0).asString("") : one;
  }

  private static void setAddress(ObjectNode spec, String address) {
    spec.put("clusterIP", address);
    spec.putArray("clusterIPs").add(address);
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    if (!spec.has("ipFamilyPolicy")) {
      spec.put("ipFamilyPolicy", "SingleStack");
    }
  }

  private void allocatePorts(Write write, Claims claims, ObjectNode spec, Set<Integer> had) {
    boolean wanted =
        type(spec).equals("NodePort")
            || type(spec).equals("LoadBalancer")
                && spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
    List<Integer> taken = new ArrayList<>(had);
    int index = 0;
    for (JsonNode node : spec.path("ports")) {
      ObjectNode port = (ObjectNode) node;
      int said = port.path("nodePort").asInt(0);
      if (!WITH_NODE_PORTS.contains(type(spec))) {
        port.remove("nodePort");
      } else if (said != 0 && !taken.contains(said)) {
        nodePorts.take(write, claims, said, "spec.ports[" + index + "].nodePort");
        taken.add(said);
      } else if (said == 0 && wanted) {
        int any = nodePorts.takeAny(claims, taken);
        port.put("nodePort", any);
        taken.add(any);
      }
      index++;
    }
    int said = spec.path(HEALTH_PORT).asInt(0);
    if (hasHealthCheck(spec) && said == 0) {
      spec.put(HEALTH_PORT, nodePorts.takeAny(claims, taken));
    } else if (hasHealthCheck(spec) && !taken.contains(said)) {
      nodePorts.take(write, claims, said, "spec." + HEALTH_PORT);
    }
  }

  private static Set<Integer> ports(JsonNode spec) {
    Set<Integer> ports = new HashSet<>();
    spec.path("ports").forEach(port -> ports.add(port.path("nodePort").asInt(0)));
    ports.add(spec.path(HEALTH_PORT).asInt(0));
    ports.remove(0);
    return ports;
  }

  private static String type(JsonNode spec) {
    return spec.path("type").asString("ClusterIP");
  }

  static Cause invalid(String field, String value, String why) {
    return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
  }
}
