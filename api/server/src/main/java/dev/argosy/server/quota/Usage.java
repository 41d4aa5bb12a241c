package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What an object costs, by the names that quotas use. */
public final class Usage {

  private static final Quantity ONE = Quantity.ofUnits(1);
  private static final Set<String> COUNTED_BY_NAME =
      Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");
  private static final String COUNT = "count/";
  private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  private Usage() {}

  /** The cost of one object. */
  public static Map<String, Quantity> of(GroupResource resource, JsonNode object) {
    Map<String, Quantity> usage = new TreeMap<>();
    usage.put(COUNT + resource, ONE);
    switch (resource.toString()) {
      case "pods" -> PodUsage.add(object, usage);
      case "services" -> service(object.path("spec"), usage);
      case "persistentvolumeclaims" -> claim(object, usage);
      default -> {
        if (COUNTED_BY_NAME.contains(resource.toString())) {
          usage.put(resource.resource(), ONE);
        }
      }
    }
    return usage;
  }

  /** Which objects a name of a quota is about. */
  static GroupResource resourceOf(String name) {
    if (name.startsWith(COUNT)) {
      String counted = name.substring(COUNT.length());
      int dot = counted.indexOf('.');
      return dot < 0
          ? new GroupResource("", counted)
          : new GroupResource(counted.substring(dot + 1), counted.substring(0, dot));
    }
    if (COUNTED_BY_NAME.contains(name)) {
      return new GroupResource("", name);
    }
    if (name.equals("services") || name.startsWith("services.")) {
      return new GroupResource("", "services");
    }
    boolean claims =
        name.equals("persistentvolumeclaims")
            || name.equals("requests.storage")
            || name.contains(OF_CLASS);
    return new GroupResource("", claims ? "persistentvolumeclaims" : "pods");
  }

  private static void service(JsonNode spec, Map<String, Quantity> usage) {
    usage.put("services", ONE);
    String type = spec.path("type").asString("ClusterIP");
    int ports = spec.path("ports").size();
    if (type.equals("NodePort")) {
      usage.put("services.nodeports", Quantity.ofUnits(ports));
    } else if (type.equals("LoadBalancer")) {
      long withNodePort =
          spec.path("ports").valueStream().filter(p -> p.path("nodePort").asInt(0) != 0).count();
      boolean all = spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
      usage.put("services.nodeports", Quantity.ofUnits(all ? ports : withNodePort));
      usage.put("services.loadbalancers", ONE);
    }
  }

  private static void claim(JsonNode claim, Map<String, Quantity> usage) {
    JsonNode spec = claim.path("spec");
    Quantity storage =
        Amounts.of(spec.path("resources").path("requests")).getOrDefault("storage", Quantity.ZERO);
    usage.put("persistentvolumeclaims", ONE);
    usage.put("requests.storage", storage);
    String annotated =
        claim.path("metadata").path("annotations").path(CLASS_ANNOTATION).asString("");
    String name = annotated.isEmpty() ? spec.path("storageClassName").asString("") : annotated;
    if (!name.isEmpty()) {
      usage.put(name + OF_CLASS + "persistentvolumeclaims", ONE);
      usage.put(name + OF_CLASS + "requests.storage", storage);
    }
  }
}
