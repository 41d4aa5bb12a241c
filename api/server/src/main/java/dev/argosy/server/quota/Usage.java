package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.math.RoundingMode;
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

  private static final String NEWER_EVENTS = "events.events.k8s.io";
  private static final GroupResource EVENTS = new GroupResource("", "events");

  private Usage() {}

  /** Whether such objects end by themselves, so that nobody gives back what they cost. */
  public static boolean endsByItself(GroupResource storage) {
    return storage.equals(EVENTS);
  }

  /**
   * The cost of one object.
   *
   * @param resource as which it is stored
   */
  public static Map<String, Quantity> of(GroupResource resource, JsonNode object) {
    Map<String, Quantity> usage = new TreeMap<>();
    usage.put(COUNT + resource, ONE);
    switch (resource.toString()) {
      case "pods" -> PodUsage.add(object, usage);
      case "services" -> service(object.path("spec"), usage);
      case "persistentvolumeclaims" -> claim(object, usage);
      case "resourceclaims.resource.k8s.io" -> DeviceUsage.add(object, usage);
      case "events" -> usage.put(COUNT + NEWER_EVENTS, ONE);
      default -> {
        if (COUNTED_BY_NAME.contains(resource.toString())) {
          usage.put(resource.resource(), ONE);
        }
      }
    }
    return usage;
  }

  /** Which objects a name of a quota is about. */
  static GroupResource resourceOf(String counted) {
    String name = Band.resource(counted);
    if (name.startsWith(COUNT)) {
      String objects = name.substring(COUNT.length());
      if (objects.equals(NEWER_EVENTS)) {
        return EVENTS;
      }
      int dot = objects.indexOf('.');
      return dot < 0
          ? new GroupResource("", objects)
          : new GroupResource(objects.substring(dot + 1), objects.substring(0, dot));
    }
    if (COUNTED_BY_NAME.contains(name)) {
      return new GroupResource("", name);
    }
    if (name.equals("services") || name.startsWith("services.")) {
      return new GroupResource("", "services");
    }
    if (name.endsWith(DeviceUsage.OF_CLASS)) {
      return new GroupResource("resource.k8s.io", "resourceclaims");
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
    Quantity storage = storage(claim);
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

  /** In whole bytes; while a volume grows or failed to, what was set aside for it counts. */
  private static Quantity storage(JsonNode claim) {
    Map<String, Quantity> most = Amounts.of(claim.path("spec").path("resources").path("requests"));
    Amounts.raise(most, Amounts.of(claim.path("status").path("allocatedResources")));
    Quantity storage = most.getOrDefault("storage", Quantity.ZERO);
    return storage.integral()
        ? storage
        : Quantity.of(storage.amount().setScale(0, RoundingMode.UP), storage.format());
  }
}
