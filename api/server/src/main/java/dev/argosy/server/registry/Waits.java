package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.quota.Waiting;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pods of each tenant that wait for room in a quota, in their order: by priority, then in turns
 * of their namespaces, then by age. All state is in the store: a gate in the pod, and its {@link
 * Waiting place}.
 */
final class Waits {

  /** Tells people what a pod waits for; nothing depends on it. */
  private static final String TOLD = "argosy.dev/waits-for";

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String GATES = "schedulingGates";

  private final QuotaCounting counting;
  private final Objects objects;

  Waits(QuotaCounting counting, Objects objects) {
    this.counting = counting;
    this.objects = objects;
  }

  /** The priority of a new pod that might wait; empty for all else, and for one that does. */
  static OptionalInt newcomer(ObjectKey key, @Nullable JsonNode object) {
    if (object == null || !key.resource().equals(PODS)) {
      return OptionalInt.empty();
    }
    boolean placed = !object.path("spec").path("nodeName").asString("").isEmpty();
    return placed || Waiting.waits(object)
        ? OptionalInt.empty()
        : OptionalInt.of(Waiting.priorityOf(object));
  }

  /** Whether a pod that waited does no longer. */
  static boolean leaves(@Nullable JsonNode object, @Nullable JsonNode old) {
    return object != null && old != null && Waiting.waits(old) && !Waiting.waits(object);
  }

  /** The tenant's waiting pods, as the cache has them. */
  List<Waiting> line(String cluster) {
    return line(counting.caches().of(Waiting.RESOURCE).snapshot(), cluster);
  }

  private static List<Waiting> line(CacheSnapshot state, String cluster) {
    return StreamSupport.stream(state.list(cluster, "").spliterator(), false)
        .map(Waiting::of)
        .sorted(Waiting.ORDER)
        .toList();
  }

  /** How many wait that are let in before a new pod of that priority. */
  int before(String cluster, int priority) {
    int count = 0;
    CacheSnapshot state = counting.caches().of(Waiting.RESOURCE).snapshot();
    for (ApiObject place : state.list(cluster, "")) {
      count += Waiting.of(place).priority() >= priority ? 1 : 0;
    }
    return count;
  }

  /**
   * Lets a new pod wait.
   *
   * @return what writes its place, where one of its name may still have one
   */
  Change gate(ObjectKey key, ObjectNode pod, QuotaFull why) {
    ObjectNode spec = (ObjectNode) pod.path("spec");
    ArrayNode gates = spec.get(GATES) instanceof ArrayNode found ? found : spec.putArray(GATES);
    gates.addObject().put("name", Waiting.GATE);
    List<Waiting> line =
        line(counting.caches().of(Waiting.RESOURCE).currentSnapshot(PATIENCE), key.cluster());
    Waiting place = place(key, pod, line);
    long before = line.stream().filter(other -> Waiting.ORDER.compare(other, place) < 0).count();
    tell(pod, why.quota().name(), before + 1);
    return place.change();
  }

  private Waiting place(ObjectKey key, ObjectNode pod, List<Waiting> line) {
    int priority = Waiting.priorityOf(pod);
    long first = Long.MAX_VALUE;
    long next = 0;
    for (Waiting other : line) {
      if (other.priority() == priority) {
        first = Math.min(first, other.turn());
        boolean beside = other.pod().namespace().equals(key.namespace());
        next = beside ? Math.max(next, other.turn() + 1) : next;
      }
    }
    long turn = Math.max(next, first == Long.MAX_VALUE ? 0 : first);
    long revision = objects.revision(Waiting.keyOf(key));
    return new Waiting(key, revision, priority, turn, counting.now());
  }

  /**
   * Has a waiting pod say what it waits for.
   *
   * @return whether it did not say so before
   */
  static boolean tell(ObjectNode pod, String quota, long place) {
    return tell(pod, "waits for room in quota " + quota + ", at place " + place);
  }

  /** The same, in other words. */
  static boolean tell(ObjectNode pod, String text) {
    ObjectNode annotations = pod.withObject("metadata").withObject("annotations");
    boolean told = annotations.path(TOLD).asString("").equals(text);
    annotations.put(TOLD, text);
    ObjectNode condition = condition(pod);
    condition.put("type", "PodScheduled").put("status", "False");
    condition.put("reason", "SchedulingGated").put("message", text);
    return !told;
  }

  private static ObjectNode condition(ObjectNode pod) {
    ObjectNode status = pod.withObject("status");
    ArrayNode all =
        status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
    for (JsonNode one : all) {
      if (one.path("type").asString("").equals("PodScheduled") && one instanceof ObjectNode found) {
        return found;
      }
    }
    return all.addObject();
  }

  /** Has a pod wait no longer. */
  static void release(ObjectNode pod) {
    ObjectNode spec = (ObjectNode) pod.path("spec");
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode gate : spec.path(GATES)) {
      if (!gate.path("name").asString("").equals(Waiting.GATE)) {
        others.add(gate);
      }
    }
    ObjectNode metadata = pod.withObject("metadata");
    metadata.withObject("annotations").remove(TOLD);
    if (metadata.path("annotations").isEmpty()) {
      metadata.remove("annotations");
    }
    if (others.isEmpty()) {
      spec.remove(GATES);
      unsaid(pod.withObject("status"));
    } else {
      spec.putArray(GATES).addAll(others);
      condition(pod).put("message", PodRules.GATED);
    }
  }

  /** Nothing keeps it from being scheduled, as far as is known here. */
  private static void unsaid(ObjectNode status) {
    List<JsonNode> others =
        status
            .path("conditions")
            .valueStream()
            .filter(one -> !one.path("type").asString("").equals("PodScheduled"))
            .toList();
    status.remove("conditions");
    if (!others.isEmpty()) {
      status.putArray("conditions").addAll(others);
    }
  }
}
