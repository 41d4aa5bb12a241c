package dev.argosy.bench.control;

import dev.argosy.bench.nodes.Fleet;
import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.controllers.ControllerConfig;
import dev.argosy.controllers.ControllerManager;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.scheduler.SchedulerConfig;
import dev.argosy.scheduler.SchedulerService;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A plane in memory with the loops of a server, of which each is begun when it is wanted. */
final class Loops implements AutoCloseable {

  static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");
  static final GroupResource REPLICA_SETS = new GroupResource("apps", "replicasets");
  private static final int PODS_OF_A_NODE = 100;

  final Plane plane = Plane.open(Plane.Kept.MEMORY);
  private final ControllerManager controllers =
      new ControllerManager(
          plane.clients(), ControllerConfig.of("bench", "CA", Loops::kinds), plane.timers);
  private final SchedulerService scheduler =
      new SchedulerService(plane.clients(), SchedulerConfig.of("bench"), plane.timers);
  private @Nullable Fleet fleet;

  /** What a server has its controllers look after. */
  private static List<ResourceType> kinds() {
    return BuiltinKinds.load().root().all().stream()
        .map(KindSchema::type)
        .filter(type -> type.verbs().containsAll(List.of("delete", "list", "watch")))
        .filter(type -> type.version().equals("v1"))
        .toList();
  }

  void controllers() throws InterruptedException {
    controllers.start();
    until(Duration.ofSeconds(30), controllers::leading);
  }

  /** Nodes for so many pods, with kubelets, and the scheduler; usable once controllers run. */
  void pods(int count) throws InterruptedException {
    int nodes = count / PODS_OF_A_NODE + 2;
    plane.namespace(Plane.ROOT, "kube-node-lease", Map.of());
    fleet = Fleet.start(plane.client(), nodes, plane.timers);
    scheduler.start();
  }

  static ObjectNode deployment(String name, int replicas) {
    return workload("Deployment", name, replicas);
  }

  /** A Deployment or a ReplicaSet. */
  static ObjectNode workload(String kind, String name, int replicas) {
    ObjectNode object = Objects.named("apps/v1", kind, name);
    ObjectNode spec = object.putObject("spec").put("replicas", replicas);
    spec.putObject("selector").putObject("matchLabels").put("app", name);
    ObjectNode template = spec.putObject("template");
    template.set("metadata", Objects.json("{\"labels\":{\"app\":\"" + name + "\"}}"));
    template.set("spec", Objects.pod("", "", Objects.SMALL, "").path("spec"));
    return object;
  }

  ApiObject create(GroupResource resource, String cluster, ObjectNode object) {
    ResourceScope scope = ResourceScope.namespace(resource, cluster, "default");
    return Plane.asked(() -> plane.client().create(scope, object.deepCopy()));
  }

  void patch(ObjectKey key, String json) {
    Plane.asked(() -> plane.client().patch(key, "", Patch.merge(Objects.json(json))));
  }

  /** Of a Deployment: that all of its pods are of the newest template, and available. */
  boolean rolledOut(ObjectKey key, int replicas) {
    JsonNode tree = Plane.asked(() -> plane.client().get(key)).tree();
    JsonNode status = tree.path("status");
    return status.path("observedGeneration").asLong(0) == tree.at("/metadata/generation").asLong(-1)
        && status.path("replicas").asInt(0) == replicas
        && status.path("updatedReplicas").asInt(0) == replicas
        && status.path("availableReplicas").asInt(0) == replicas;
  }

  /** How far it is, when it is not done in time. */
  String told() {
    List<JsonNode> pods = plane.all(Plane.PODS).stream().<JsonNode>map(ApiObject::tree).toList();
    long unbound = pods.stream().filter(p -> p.at("/spec/nodeName").isMissingNode()).count();
    long ending = pods.stream().filter(p -> p.at("/metadata").has("deletionTimestamp")).count();
    long running =
        pods.stream().filter(p -> p.at("/status/phase").asString("").equals("Running")).count();
    return String.format(
        Locale.ROOT,
        "%d pods: %d not bound, %d running, %d being deleted; %s",
        pods.size(),
        unbound,
        running,
        ending,
        plane.all(DEPLOYMENTS).stream().limit(3).map(d -> d.tree().path("status")).toList());
  }

  /** Looks again and again; answers whether it came to hold in time. */
  static boolean until(Duration limit, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return true;
  }

  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() throws InterruptedException {
    controllers.close();
    scheduler.close();
    if (fleet != null) {
      fleet.close();
    }
    plane.close();
  }
}
