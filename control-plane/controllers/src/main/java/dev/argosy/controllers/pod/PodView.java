package dev.argosy.controllers.pod;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pod as controllers see it.
 *
 * @param node empty while it is not bound
 * @param ips of the pod, the first one first; empty while it has none
 * @param claims the volume claims that it uses
 * @param disrupted since when it is said that somebody ends it; empty if nobody does, or its node
 * @param ready when it became ready; empty if it is not
 */
public record PodView(
    ApiObject object,
    String phase,
    String node,
    List<String> ips,
    Optional<Instant> ready,
    int restarts,
    List<PodPort> ports,
    String hostname,
    String subdomain,
    List<Toleration> tolerations,
    PodClaims claims,
    Optional<Instant> disrupted) {

  /** By the uid of the managing owner. */
  public static final String BY_OWNER = "owner";

  /** By {@link #place}. */
  public static final String BY_NAMESPACE = "namespace";

  /** Those without a managing owner, by {@link #place}. */
  public static final String BY_ORPHANAGE = "orphanage";

  /** By the name of its node. */
  public static final String BY_NODE = "node";

  /** Those that have ended and are not being deleted, by their cluster. */
  public static final String BY_END = "end";

  /** Those that use a volume claim, by {@link #claim}. */
  public static final String BY_CLAIM = "claim";

  /** By {@link #place} and the name of its {@link #gang}, those that are in one. */
  public static final String BY_GANG = "gang";

  private static final String GANG = "scheduling.x-k8s.io/pod-group";

  /** All pods of all clusters. */
  public static final InformerSpec<PodView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.PODS),
          PodView::of,
          new Index<>(BY_OWNER, p -> p.ownerUid().stream().toList()),
          new Index<>(BY_NAMESPACE, p -> List.of(place(p.key().cluster(), p.key().namespace()))),
          new Index<>(
              BY_ORPHANAGE,
              p ->
                  p.ownerUid().isPresent()
                      ? List.of()
                      : List.of(place(p.key().cluster(), p.key().namespace()))),
          new Index<>(
              BY_GANG,
              p ->
                  p.gang().isEmpty()
                      ? List.of()
                      : List.of(place(p.key().cluster(), p.key().namespace()) + "/" + p.gang())),
          new Index<>(BY_NODE, p -> p.node().isEmpty() ? List.of() : List.of(p.node())),
          new Index<>(
              BY_END, p -> p.terminal() && !p.deleting() ? List.of(p.key().cluster()) : List.of()),
          new Index<>(BY_CLAIM, p -> p.claims().all().map(name -> claim(p.claim(name))).toList()));

  /** What a volume claim is to {@link #BY_CLAIM}. */
  public static String claim(ObjectKey claim) {
    return place(claim.cluster(), claim.namespace()) + "/" + claim.name();
  }

  public static String place(String cluster, String namespace) {
    return cluster + "/" + namespace;
  }

  public static PodView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    JsonNode status = tree.path("status");
    return new PodView(
        object,
        status.path("phase").asString(""),
        spec.path("nodeName").asString(""),
        ips(status),
        readySince(status),
        restarts(status),
        ports(spec),
        spec.path("hostname").asString(""),
        spec.path("subdomain").asString(""),
        tolerations(spec),
        PodClaims.of(object.name(), spec),
        disruptedSince(status));
  }

  private static List<String> ips(JsonNode status) {
    List<String> ips = new ArrayList<>();
    status.path("podIPs").forEach(ip -> ips.add(ip.path("ip").asString("")));
    String first = status.path("podIP").asString("");
    if (ips.isEmpty() && !first.isEmpty()) {
      ips.add(first);
    }
    return List.copyOf(ips);
  }

  private static Optional<Instant> readySince(JsonNode status) {
    return Condition.find(Condition.read(status), "Ready")
        .filter(c -> c.status().equals("True"))
        .map(c -> c.changed().isEmpty() ? Instant.EPOCH : Instant.parse(c.changed()));
  }

  private static Optional<Instant> disruptedSince(JsonNode status) {
    return Condition.find(Condition.read(status), "DisruptionTarget")
        .filter(c -> c.status().equals("True") && !c.reason().equals("TerminationByKubelet"))
        .map(c -> c.changed().isEmpty() ? Instant.EPOCH : Instant.parse(c.changed()));
  }

  private static int restarts(JsonNode status) {
    int most = 0;
    for (JsonNode container : status.path("containerStatuses")) {
      most = Math.max(most, container.path("restartCount").asInt(0));
    }
    return most;
  }

  private static List<PodPort> ports(JsonNode spec) {
    List<PodPort> ports = new ArrayList<>();
    for (JsonNode container : spec.path("containers")) {
      for (JsonNode port : container.path("ports")) {
        if (port.has("name")) {
          ports.add(
              new PodPort(
                  port.path("name").asString(""),
                  port.path("containerPort").asInt(0),
                  port.path("protocol").asString("TCP")));
        }
      }
    }
    return List.copyOf(ports);
  }

  private static List<Toleration> tolerations(JsonNode spec) {
    List<Toleration> all = new ArrayList<>();
    spec.path("tolerations").forEach(t -> all.add(Toleration.of(t)));
    return List.copyOf(all);
  }

  public ObjectKey key() {
    return object.key();
  }

  /** The key of a volume claim of that name beside it. */
  public ObjectKey claim(String name) {
    return new ObjectKey(Kinds.VOLUME_CLAIMS, key().cluster(), key().namespace(), name);
  }

  public String name() {
    return object.name();
  }

  public String uid() {
    return object.meta().uid();
  }

  /** The name of its PodGroup; empty if it is in none. */
  public String gang() {
    return object.meta().labels().getOrDefault(GANG, "");
  }

  public boolean deleting() {
    return object.meta().deleting();
  }

  /** Whether it has ended, well or badly, for good. */
  public boolean terminal() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** Whether it counts as a replica: not ended and not about to end. */
  public boolean active() {
    return !terminal() && !deleting();
  }

  /** Whether it has been ready for that long. */
  public boolean available(Instant now, int minReadySeconds) {
    return ready.isPresent()
        && (minReadySeconds == 0 || !ready.get().plusSeconds(minReadySeconds).isAfter(now));
  }

  public Optional<String> ownerUid() {
    return object.meta().controller().map(OwnerReference::uid);
  }
}
