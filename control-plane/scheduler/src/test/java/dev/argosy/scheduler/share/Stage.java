package dev.argosy.scheduler.share;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Nodes, pods and quotas as the API has them, and a scheduler's image of them. */
final class Stage {

  private static final Comparator<PodView> IN_LINE =
      Comparator.<PodView>comparingInt(p -> -p.priority())
          .thenComparing(PodView::created)
          .thenComparing(PodView::key);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final Map<String, NodeView> nodes = new HashMap<>();
  final Map<String, QuotaView> quotas = new HashMap<>();
  final List<PodView> placed = new ArrayList<>();
  final List<PodView> waiting = new ArrayList<>();
  Shares shares = new Shares();
  Lines<PodView> lines = new Lines<>(shares, IN_LINE, p -> p);
  private int made;

  /** Another scheduler that begins with what is there. */
  void crash() {
    shares = new Shares();
    lines = new Lines<>(shares, IN_LINE, p -> p);
    nodes.values().forEach(shares::nodeCame);
    quotas.values().forEach(shares.guarantees()::put);
    placed.forEach(shares::came);
    waiting.forEach(lines::add);
  }

  void node(String name, int cpu, int gigabytes, int pods) {
    ObjectNode node = object("Node", name, START);
    node.putObject("status")
        .putObject("allocatable")
        .put("cpu", Integer.toString(cpu))
        .put("memory", gigabytes + "G")
        .put("pods", Integer.toString(pods));
    NodeView view =
        NodeView.ALL.decoder().apply(stored(NodeView.ALL.scope().resource(), "root", node));
    Optional.ofNullable(nodes.put(name, view)).ifPresent(shares::nodeWent);
    shares.nodeCame(view);
  }

  void noNode(String name) {
    Optional.ofNullable(nodes.remove(name)).ifPresent(shares::nodeWent);
  }

  /** What is guaranteed, as {@code requests.cpu=2 pods=5}. */
  void guarantee(String tenant, String amounts) {
    ObjectNode quota = object("TenantQuota", tenant, START);
    quota.putObject("spec").put("tenant", tenant);
    ObjectNode list = quota.putObject("status").putObject("guaranteed");
    for (String amount : amounts.isEmpty() ? new String[0] : amounts.split(" ")) {
      list.put(amount.substring(0, amount.indexOf('=')), amount.substring(amount.indexOf('=') + 1));
    }
    QuotaView view =
        QuotaView.ALL.decoder().apply(stored(QuotaView.ALL.scope().resource(), "root", quota));
    quotas.put(tenant, view);
    shares.guarantees().put(view);
  }

  PodView pod(String cluster, int priority, String cpu, String memory) {
    int number = made++;
    ObjectNode pod = object("Pod", "p" + number, START.plusSeconds(number));
    ObjectNode spec = pod.putObject("spec").put("priority", priority);
    ObjectNode container = spec.putArray("containers").addObject();
    container.putObject("resources").putObject("requests").put("cpu", cpu).put("memory", memory);
    return PodView.of(stored(PodView.PODS, cluster, pod));
  }

  private static ObjectNode object(String kind, String name, Instant created) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name).put("creationTimestamp", created.toString());
    return object;
  }

  private static ApiObject stored(GroupResource resource, String cluster, ObjectNode object) {
    String namespace = resource.equals(PodView.PODS) ? "default" : "";
    String name = object.at("/metadata/name").asString("");
    ObjectKey key = new ObjectKey(resource, cluster, namespace, name);
    return ApiObject.ofStored(key, 1, Json.mapper().writeValueAsBytes(object));
  }

  /** A pod that asks for processor alone. */
  PodView pod(String cluster, int priority, String cpu) {
    return pod(cluster, priority, cpu, "0");
  }

  void waits(PodView pod) {
    waiting.add(pod);
    lines.add(pod);
  }

  void place(PodView pod) {
    placed.add(pod);
    shares.came(pod);
  }

  void end(PodView pod) {
    placed.remove(pod);
    shares.went(pod);
    shares.gone(pod.key());
  }

  Optional<PodView> take() {
    Optional<PodView> taken = lines.take();
    taken.ifPresent(waiting::remove);
    return taken;
  }

  /** The clusters of those that come next if each is placed. */
  String next(int count) {
    StringBuilder clusters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      PodView pod = take().orElseThrow();
      place(pod);
      clusters.append(clusters.isEmpty() ? "" : " ").append(pod.key().cluster());
    }
    return clusters.toString();
  }

  /** What would come next, by looking at everything anew. */
  Optional<PodView> expected() {
    Stage other = new Stage();
    other.nodes.putAll(nodes);
    other.quotas.putAll(quotas);
    other.placed.addAll(placed);
    other.crash();
    Map<String, PodView> heads = new HashMap<>();
    waiting.forEach(
        pod -> heads.merge(pod.key().cluster(), pod, (a, b) -> IN_LINE.compare(a, b) <= 0 ? a : b));
    return heads.values().stream()
        .min(
            Comparator.comparing(other.shares::standing)
                .thenComparing(PodView::created)
                .thenComparing(p -> p.key().cluster()));
  }
}
