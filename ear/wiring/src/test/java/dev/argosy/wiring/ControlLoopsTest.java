package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.ControllerConfig;
import dev.argosy.controllers.ControllerManager;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.time.SystemTimers;
import dev.argosy.scheduler.SchedulerConfig;
import dev.argosy.scheduler.SchedulerService;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Controllers and scheduler on a real API server: what they write passes its rules. */
class ControlLoopsTest {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");
  private static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");
  private static final GroupResource REPLICA_SETS = new GroupResource("apps", "replicasets");
  private static final GroupResource SLICES =
      new GroupResource("discovery.k8s.io", "endpointslices");

  private final TestServer server = TestServer.start();
  private final StoreChanges changes = new StoreChanges(server.store);
  private final AtomicInteger addresses = new AtomicInteger();
  private final ApiClient client = server.admin();
  private final SystemTimers timers = new SystemTimers();
  private final ControllerManager controllers =
      new ControllerManager(
          server.server.clients(),
          ControllerConfig.of(
              "test",
              "CA",
              () ->
                  BuiltinKinds.load().ofCluster("root").all().stream()
                      .map(KindSchema::type)
                      .toList()),
          timers);
  private final SchedulerService scheduler =
      new SchedulerService(server.server.clients(), SchedulerConfig.of("test"), timers);

  @BeforeEach
  void start() {
    controllers.start();
    scheduler.start();
  }

  @AfterEach
  void close() {
    scheduler.close();
    controllers.close();
    timers.close();
    changes.close();
    server.close();
  }

  @Test
  void a_deployment_becomes_bound_pods_behind_a_service_and_goes_with_its_namespace() {
    create("root", "", NODES, node());
    create("acme", "", NAMESPACES, parse("{'metadata':{'name':'shop'}}"));
    create("acme", "shop", SERVICES, service());
    create("acme", "shop", DEPLOYMENTS, deployment());

    changes.await(
        "bound pods",
        () -> pods().stream().filter(p -> !nodeOf(p).isEmpty()).count() == 2,
        this::state);
    assertThat(pods())
        .as("to be bound is not what the user changed")
        .allMatch(p -> p.metadataTree().path("generation").asLong(0) == 1);
    pods().forEach(this::run);
    changes.await("complete", () -> available() == 2, this::state);
    changes.await(
        "slices",
        () -> list(SLICES).stream().anyMatch(s -> s.tree().path("endpoints").size() == 2),
        this::state);
    changes.await(
        "endpoints",
        () ->
            list(ENDPOINTS).stream().anyMatch(e -> e.tree().at("/subsets/0/addresses").size() == 2),
        this::state);
    changes.await("root CA", () -> !list(CONFIG_MAPS).isEmpty(), this::state);
    changes.await(
        "subnet",
        () ->
            client
                .get(new ObjectKey(NODES, "root", "", "n1"))
                .orThrow()
                .tree()
                .at("/spec/podCIDR")
                .asString("")
                .equals("10.244.0.0/24"),
        this::state);
    changes.await(
        "events",
        () ->
            list(EVENTS).stream()
                .map(e -> e.tree().path("reason").asString(""))
                .toList()
                .containsAll(List.of("Scheduled", "SuccessfulCreate", "ScalingReplicaSet")),
        this::state);

    changes.awaitRest("argosy-controllers");

    client
        .patch(
            key(DEPLOYMENTS, "web"),
            "",
            Patch.strategic(
                parse(
                    "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'demo:2'}]}}}}")))
        .orThrow();
    changes.await(
        "the update",
        () -> {
          pods().stream()
              .filter(p -> !nodeOf(p).isEmpty() && !p.meta().deleting())
              .forEach(this::run);
          endDeleted();
          return list(REPLICA_SETS).size() == 2
              && available() == 2
              && pods().size() == 2
              && pods().stream().allMatch(p -> p.tree().toString().contains("demo:2"));
        },
        this::state);

    client.delete(new ObjectKey(NAMESPACES, "acme", "", "shop"), DeleteOptions.DEFAULT).orThrow();
    changes.await(
        "the namespace is gone",
        () -> {
          endDeleted();
          return client.get(new ObjectKey(NAMESPACES, "acme", "", "shop")).orAbsent().isEmpty();
        },
        this::state);
    assertThat(pods()).isEmpty();
  }

  @Test
  void a_placement_query_is_answered_and_nothing_is_created() {
    create("root", "", NODES, node());
    ObjectNode small =
        parse("{'metadata':{'name':'small'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    create("acme", "default", PODS, small);
    ObjectKey there = new ObjectKey(PODS, "acme", "default", "small");
    changes.await(
        "the scheduler's use of the node",
        () -> !nodeOf(client.get(there).orThrow()).isEmpty(),
        () -> client.get(there).orThrow().tree());
    ObjectNode range =
        parse(
            "{'metadata':{'name':'l'},'spec':{'limits':[{'type':'Container','defaultRequest':{'cpu':'99'}}]}}");
    create("acme", "default", new GroupResource("", "limitranges"), range);
    GroupResource queries = new GroupResource("scheduling.argosy.dev", "placementqueries");
    ObjectNode query =
        parse(
            "{'metadata':{'name':'q'},'spec':{'template':{'spec':{'containers':[{'name':'c','image':'demo:1'}]}}}}");
    create("acme", "default", queries, query);
    ObjectKey key = new ObjectKey(queries, "acme", "default", "q");
    changes.await(
        "the answer",
        () -> client.get(key).orThrow().tree().at("/status/conditions/0/status").isString(),
        () -> client.get(key).orThrow().tree());
    var status = client.get(key).orThrow().tree().path("status");
    assertThat(status.path("fits").asBoolean(true)).as("%s", status).isFalse();
    assertThat(status.at("/nearest/node").asString("")).isEqualTo("n1");
    assertThat(status.at("/nearest/lacks/0/resource").asString("")).isEqualTo("cpu");
    assertThat(status.at("/changes/0/type").asString("")).isEqualTo("ReduceRequests");
    assertThat(status.has("admission")).isFalse();
    assertThat(
            client
                .list(ResourceScope.namespace(PODS, "acme", "default"), ListOptions.EVERYTHING)
                .orThrow()
                .items())
        .hasSize(1);
  }

  @Test
  void a_pod_without_a_node_says_why() {
    create("root", "", NODES, node());
    ObjectNode pod =
        parse(
            "{'metadata':{'name':'big'},'spec':{'containers':[{'name':'c','image':'demo:1','resources':{'requests':{'cpu':'99'}}}]}}");
    ObjectKey key =
        client.create(ResourceScope.namespace(PODS, "acme", "default"), pod).orThrow().key();
    changes.await(
        "the reason",
        () ->
            client
                .get(key)
                .orThrow()
                .tree()
                .toString()
                .contains("0/1 nodes are available: 1 Insufficient cpu."),
        () -> client.get(key).orThrow().tree());
  }

  @Test
  void owners_in_a_circle_go_together() {
    create("acme", "", NAMESPACES, parse("{'metadata':{'name':'shop'}}"));
    for (String name : List.of("a", "b", "c")) {
      create("acme", "shop", CONFIG_MAPS, parse("{'metadata':{'name':'" + name + "'}}"));
    }
    own("a", "c");
    own("b", "a");
    own("c", "b");
    client
        .delete(key(CONFIG_MAPS, "a"), new DeleteOptions(null, "Foreground", null, null))
        .orThrow();
    changes.await(
        "all three are gone",
        () -> list(CONFIG_MAPS).stream().noneMatch(m -> List.of("a", "b", "c").contains(m.name())),
        () -> list(CONFIG_MAPS).stream().map(m -> m.metadataTree().toString()).toList());
  }

  private void own(String dependent, String owner) {
    String uid = client.get(key(CONFIG_MAPS, owner)).orThrow().meta().uid();
    String reference =
        "{'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'"
            + owner
            + "','uid':'"
            + uid
            + "','blockOwnerDeletion':true}]}}";
    client.patch(key(CONFIG_MAPS, dependent), "", Patch.merge(parse(reference))).orThrow();
  }

  @Test
  void a_namespace_waits_for_its_pods_and_says_so() {
    create("acme", "", NAMESPACES, parse("{'metadata':{'name':'shop'}}"));
    create("acme", "shop", CONFIG_MAPS, parse("{'metadata':{'name':'kept'}}"));
    changes.await("the account", () -> !list(SERVICE_ACCOUNTS).isEmpty(), this::state);
    create(
        "acme",
        "shop",
        PODS,
        parse(
            "{'metadata':{'name':'held','finalizers':['example.com/hold']},'spec':{'containers':[{'name':'c','image':'demo:1'}]}}"));
    ObjectKey namespace = new ObjectKey(NAMESPACES, "acme", "", "shop");
    client.delete(namespace, DeleteOptions.DEFAULT).orThrow();
    changes.await(
        "the conditions",
        () -> {
          String status = client.get(namespace).orThrow().tree().path("status").toString();
          return status.contains("NamespaceDeletionContentFailure")
              && status.contains("Some resources are remaining: pods. has 1 resource instances")
              && status.contains("example.com/hold in 1 resource instances");
        },
        this::state);
    assertThat(client.get(key(CONFIG_MAPS, "kept")).orAbsent()).isPresent();
    client
        .patch(key(PODS, "held"), "", Patch.merge(parse("{'metadata':{'finalizers':null}}")))
        .orThrow();
    changes.await(
        "the namespace is gone", () -> client.get(namespace).orAbsent().isEmpty(), this::state);
  }

  private void run(ApiObject pod) {
    if (pod.tree().at("/status/podIP").asString("").isEmpty()) {
      int last = addresses.incrementAndGet();
      client
          .patch(
              pod.key(),
              "status",
              Patch.strategic(
                  parse(
                      "{'status':{'phase':'Running','podIP':'10.244.0."
                          + last
                          + "','podIPs':[{'ip':'10.244.0."
                          + last
                          + "'}],'conditions':[{'type':'Ready','status':'True','lastTransitionTime':'2026-01-01T00:00:00Z'}]}}")))
          .orThrow();
    }
  }

  private void endDeleted() {
    for (ApiObject pod : pods()) {
      if (pod.meta().deleting()) {
        client.delete(pod.key(), DeleteOptions.now(pod.meta().uid()));
      }
    }
  }

  private static ObjectNode node() {
    return parse(
        "{'metadata':{'name':'n1'},'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'110'},'capacity':{'cpu':'4','memory':'8Gi','pods':'110'},'conditions':[{'type':'Ready','status':'True'}]}}");
  }

  private static ObjectNode service() {
    return parse(
        "{'metadata':{'name':'web'},'spec':{'selector':{'app':'web'},'ports':[{'port':80,'targetPort':8080}]}}");
  }

  private static ObjectNode deployment() {
    return parse(
        "{'metadata':{'name':'web'},'spec':{'replicas':2,'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'c','image':'demo:1'}]}}}}");
  }

  private static ObjectNode parse(String json) {
    return (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
  }

  private void create(String cluster, String namespace, GroupResource resource, ObjectNode object) {
    client.create(ResourceScope.namespace(resource, cluster, namespace), object).orThrow();
  }

  private static ObjectKey key(GroupResource resource, String name) {
    return new ObjectKey(resource, "acme", "shop", name);
  }

  private List<ApiObject> list(GroupResource resource) {
    return client
        .list(ResourceScope.namespace(resource, "acme", "shop"), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  private List<ApiObject> pods() {
    return list(PODS);
  }

  private static String nodeOf(ApiObject pod) {
    return pod.tree().at("/spec/nodeName").asString("");
  }

  private int available() {
    JsonNode web = client.get(key(DEPLOYMENTS, "web")).orThrow().tree();
    boolean seen =
        web.at("/status/observedGeneration").asLong(0) == web.at("/metadata/generation").asLong(1);
    return seen && web.at("/status/updatedReplicas").asInt(0) == web.at("/status/replicas").asInt(0)
        ? web.at("/status/availableReplicas").asInt(0)
        : -1;
  }

  private Object state() {
    StringBuilder text = new StringBuilder();
    for (GroupResource resource :
        List.of(NAMESPACES, DEPLOYMENTS, REPLICA_SETS, PODS, SLICES, ENDPOINTS, EVENTS)) {
      client
          .list(ResourceScope.cluster(resource, "acme"), ListOptions.EVERYTHING)
          .orThrow()
          .items()
          .forEach(o -> text.append('\n').append(o.tree()));
    }
    return text;
  }
}
