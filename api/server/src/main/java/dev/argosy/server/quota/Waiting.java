package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.store.spi.Change;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The place of a pod that waits until a quota has room for it. It is written with the pod, and
 * removed in the transaction that charges the pod or removes it.
 *
 * @param pod its key
 * @param turn among the pods of its priority: those of one namespace follow each other, and the
 *     first of each stand side by side
 * @param since when it was made, in milliseconds
 */
public record Waiting(ObjectKey pod, long revision, int priority, long turn, long since) {

  public static final GroupResource RESOURCE = new GroupResource("quota.argosy.dev", "waiting");

  /**
   * What keeps a waiting pod from being scheduled; only the platform puts it there and removes it.
   */
  public static final String GATE = "argosy.dev/quota";

  private static final GroupResource PODS = new GroupResource("", "pods");

  /** The order in which waiting pods of a tenant are let in. */
  public static final Comparator<Waiting> ORDER =
      Comparator.comparingInt(Waiting::priority)
          .reversed()
          .thenComparingLong(Waiting::turn)
          .thenComparingLong(Waiting::since)
          .thenComparing(waiting -> waiting.pod().namespace())
          .thenComparing(waiting -> waiting.pod().name());

  /** As what waiting pods are counted. */
  static final String COUNTED = "pods<waiting";

  /** What a pod costs that waits: its place in the store. */
  private static final Set<String> PLACE = Set.of("count/pods");

  private static final Object MAKER = new Object();

  /** Whether a pod waits, as its spec says it. */
  public static boolean waits(JsonNode pod) {
    for (JsonNode gate : pod.path("spec").path("schedulingGates")) {
      if (gate.path("name").asString("").equals(GATE)) {
        return true;
      }
    }
    return false;
  }

  /** Of what a pod costs leaves what it costs as long as it waits. */
  static void reduce(Map<String, Quantity> cost, JsonNode pod) {
    if (waits(pod)) {
      boolean over = !cost.containsKey("pods");
      cost.keySet().retainAll(PLACE);
      if (!over) {
        cost.put(COUNTED, Quantity.ofUnits(1));
      }
    }
  }

  public static int priorityOf(JsonNode pod) {
    return pod.path("spec").path("priority").asInt(0);
  }

  /** Where the place of a pod is kept. */
  public static ObjectKey keyOf(ObjectKey pod) {
    return new ObjectKey(RESOURCE, pod.cluster(), pod.namespace(), pod.name());
  }

  /** The place that an object says. */
  public static Waiting of(ApiObject object) {
    return object.derived(Waiting.class, MAKER, Waiting::read);
  }

  private static Waiting read(ApiObject object) {
    ObjectNode tree = object.tree();
    ObjectKey key = object.key();
    return new Waiting(
        new ObjectKey(PODS, key.cluster(), key.namespace(), key.name()),
        object.revision(),
        tree.path("priority").asInt(0),
        tree.path("turn").asLong(0),
        tree.path("since").asLong(0));
  }

  /** What writes it. */
  public Change change() {
    ObjectNode object = Json.object();
    object.put("apiVersion", RESOURCE.group() + "/v1").put("kind", "Waiting");
    object.putObject("metadata");
    object.put("priority", priority).put("turn", turn).put("since", since);
    byte[] value = Json.canonical(object);
    ObjectKey key = keyOf(pod);
    return revision == 0 ? new Change.Create(key, value) : new Change.Update(key, revision, value);
  }

  /** What removes it. */
  public Change removal() {
    return new Change.Delete(keyOf(pod), revision);
  }
}
