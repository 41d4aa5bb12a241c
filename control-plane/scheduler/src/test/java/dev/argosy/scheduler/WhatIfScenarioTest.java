package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What users see of their questions. */
class WhatIfScenarioTest {

  static final GroupResource QUERIES =
      new GroupResource("scheduling.argosy.dev", "placementqueries");

  private final TestScheduler scheduler = new TestScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  /** Is there before anything is asked: who asks has no other way to know what was seen. */
  private void node(ObjectNode node) {
    scheduler.crash(() -> scheduler.node(node));
  }

  private ObjectKey ask(String cluster, String name, ObjectNode spec) {
    ObjectNode query = Json.object();
    query.put("apiVersion", "scheduling.argosy.dev/v1").put("kind", "PlacementQuery");
    query.putObject("metadata").put("name", name);
    query.set("spec", spec);
    return scheduler
        .client
        .create(ResourceScope.namespace(QUERIES, cluster, "default"), query)
        .orThrow()
        .key();
  }

  private static ObjectNode template(String cpu, int count) {
    ObjectNode spec = Json.object().put("count", count);
    spec.putObject("template").set("spec", TestPods.pod("x", cpu).path("spec"));
    return spec;
  }

  private JsonNode answer(ObjectKey query) {
    scheduler.await(
        "the answer",
        () -> {
          JsonNode tree = scheduler.client.get(query).orThrow().tree();
          return tree.at("/status/observedGeneration").asLong(-1)
              == tree.at("/metadata/generation").asLong(0);
        },
        () -> scheduler.client.get(query).orThrow());
    return scheduler.client.get(query).orThrow().tree().path("status");
  }

  private static List<String> messages(JsonNode answer) {
    List<String> all = new ArrayList<>();
    answer.path("changes").forEach(c -> all.add(c.path("message").asString("")));
    return all;
  }

  @Test
  void saysHowManyFitAndWhere() {
    node(TestPods.node("n1", "2", 10));
    node(TestPods.node("n2", "3", 10));
    JsonNode answer = answer(ask("acme", "q", template("1", 5)));
    assertThat(answer.path("fits").asBoolean(false)).isTrue();
    assertThat(answer.path("fitting").asInt(0)).isEqualTo(5);
    assertThat(answer.path("where").toString())
        .isEqualTo("[{\"node\":\"n1\",\"pods\":2},{\"node\":\"n2\",\"pods\":3}]");
    assertThat(answer.path("message").asString("")).isEqualTo("all 5 fit, on 2 nodes");
    assertThat(answer.at("/conditions/0/status").asString("")).isEqualTo("True");
    assertThat(scheduler.all(TestScheduler.PODS)).isEmpty();
  }

  @Test
  void saysWhatIsMissingAndWhatWouldHelp() {
    node(TestPods.node("n1", "2", 10));
    ObjectNode special = TestPods.node("n2", "8", 10);
    special.putObject("spec").set("taints", TestPods.json("[{'key':'a','effect':'NoSchedule'}]"));
    node(special);
    JsonNode answer = answer(ask("acme", "q", template("1500m", 3)));
    assertThat(answer.path("fits").asBoolean(true)).isFalse();
    assertThat(answer.path("fitting").asInt(0)).isEqualTo(1);
    assertThat(answer.at("/nearest/lacks/0/message").asString("")).isEqualTo("1 more cpu");
    assertThat(answer.path("reasons")).hasSize(2);
    assertThat(messages(answer))
        .containsExactly(
            "with a toleration of the taint a:NoSchedule",
            "with requests of at most 666m cpu",
            "with 2 more nodes like n1");
    assertThat(answer.path("message").asString(""))
        .isEqualTo(
            "1 of 3 fit; for the next one: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s)"
                + " had untolerated taint(s). All would fit with a toleration of the taint"
                + " a:NoSchedule.");
  }

  @Test
  void anExistingPodIsAskedAboutByItsName() {
    node(TestPods.node("n1", "2", 10));
    ObjectNode picky = TestPods.pod("picky", "1");
    picky.withObject("/spec").putObject("nodeSelector").put("disk", "ssd");
    scheduler.awaitTold(
        scheduler.pod(picky),
        "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.");
    JsonNode answer = answer(ask("acme", "q", Json.object().put("podName", "picky")));
    assertThat(answer.path("message").asString(""))
        .endsWith(" It would fit without disk=ssd in nodeSelector.");
    assertThat(answer.at("/changes/0/label/value").asString("")).isEqualTo("ssd");

    assertThat(condition(answer(ask("acme", "none", Json.object().put("podName", "nobody")))))
        .isEqualTo("PodNotFound");
    ObjectKey there = scheduler.pod(TestPods.pod("there", "1"));
    scheduler.awaitNode(there, "n1");
    assertThat(condition(answer(ask("acme", "there", Json.object().put("podName", "there")))))
        .isEqualTo("PodScheduled");
  }

  private static String condition(JsonNode answer) {
    return answer.at("/conditions/0/reason").asString("");
  }

  @Test
  void whatIsAssumedIsNotSo() {
    node(TestPods.node("n1", "2", 10));
    ObjectKey there = scheduler.pod(TestPods.pod("there", "2"));
    scheduler.awaitNode(there, "n1");
    ObjectNode gone = template("2", 1);
    gone.putObject("assume").set("podsGone", TestPods.json("[{'name':'there'}]"));
    assertThat(answer(ask("acme", "gone", gone)).path("message").asString(""))
        .isEqualTo("fits on n1");
    ObjectNode more = template("2", 3);
    more.putObject("assume")
        .set("nodes", TestPods.json("[{'like':'n1'},{'allocatable':{'cpu':'4','memory':'1Gi'}}]"));
    assertThat(answer(ask("acme", "more", more)).path("where").toString())
        .isEqualTo("[{\"node\":\"assumed-1\",\"pods\":1},{\"node\":\"assumed-2\",\"pods\":2}]");
    ObjectNode wrong = template("2", 1);
    wrong.putObject("assume").set("nodes", TestPods.json("[{'like':'n7'}]"));
    JsonNode answer = answer(ask("acme", "wrong", wrong));
    assertThat(condition(answer)).isEqualTo("BadAssumption");
    assertThat(answer.path("message").asString(""))
        .isEqualTo("there is no node \"n7\" that this cluster may use");

    ObjectKey late = scheduler.pod(TestPods.pod("late", "2"));
    scheduler.awaitTold(late, "0/1 nodes are available: 1 Insufficient cpu.");
  }

  @Test
  void anotherSpecIsAnsweredAnewAndOldAnswersGo() {
    node(TestPods.node("n1", "2", 10));
    ObjectKey query = ask("acme", "q", template("3", 1));
    assertThat(answer(query).path("fits").asBoolean(true)).isFalse();
    scheduler
        .client
        .patch(query, "", Patch.merge(Json.object().set("spec", template("1", 2))))
        .orThrow();
    JsonNode answer = answer(query);
    assertThat(answer.path("fits").asBoolean(false)).isTrue();
    assertThat(answer.has("changes") || answer.has("nearest")).isFalse();
    Instant answered = Instant.parse(answer.path("answeredAt").asString(""));
    scheduler.crash();
    assertThat(
            scheduler.api.await(
                () -> scheduler.all(QUERIES).isEmpty(),
                () -> scheduler.timers.advance(Duration.ofMinutes(1))))
        .as("removal")
        .isTrue();
    assertThat(scheduler.timers.now()).isAfterOrEqualTo(answered.plus(Duration.ofHours(1)));
  }

  @Test
  void saysIfSuchAPodWouldBeRefused() {
    node(TestPods.node("n1", "2", 10));
    scheduler.api.setFault(new Full());
    ObjectNode limited = template("1", 1);
    ((ObjectNode) limited.at("/template/spec/containers/0"))
        .set("resources", TestPods.json("{'limits':{'cpu':'3'}}"));
    JsonNode answer = answer(ask("acme", "q", limited));
    assertThat(answer.path("admission").asString("")).isEqualTo("exceeded quota: small");
    assertThat(answer.path("fits").asBoolean(true)).isFalse();
  }

  private static final class Full implements Fault {
    @Override
    public Optional<Status> refuse(String verb, GroupResource resource, String name) {
      return verb.equals("tryCreate")
          ? Optional.of(Status.of(Reason.FORBIDDEN, "exceeded quota: small"))
          : Optional.empty();
    }
  }

  @Test
  void nothingIsAnsweredBeforeTheNodesAreSeen() {
    node(TestPods.node("n1", "2", 10));
    scheduler.crash(() -> scheduler.api.setFault(new NodesAfterTheQuestion()));
    JsonNode answer = answer(ask("acme", "q", template("1", 1)));
    assertThat(answer.path("message").asString("")).isEqualTo("fits on n1");
  }

  /** Nodes cannot be watched until somebody works on a question. */
  private static final class NodesAfterTheQuestion implements Fault {

    private volatile boolean asked;

    @Override
    public Optional<Status> refuse(String verb, GroupResource resource, String name) {
      asked = asked || verb.equals("tryCreate");
      return !asked && verb.equals("watch") && resource.equals(TestScheduler.NODES)
          ? Optional.of(Status.of(Reason.INTERNAL_ERROR, "not yet"))
          : Optional.empty();
    }
  }

  @Test
  void aTenantHearsOfItsOwnNodesOnly() {
    ObjectNode special = TestPods.node("gpu-1", "8", 10);
    special.withObject("/metadata/labels").put("argosy.dev/pool", "gpu");
    node(special);
    node(TestPods.node("n1", "1", 10));
    scheduler.crash(() -> {
      scheduler.tenant("acme", "gpu");
      scheduler.tenant("globex");
    });
    JsonNode refused = answer(ask("globex", "q", template("2", 1)));
    assertThat(refused.path("nodes").asInt(0)).isEqualTo(1);
    assertThat(refused.toString()).contains("n1").doesNotContain("gpu-1");
    assertThat(answer(ask("acme", "q", template("2", 1))).path("message").asString(""))
        .isEqualTo("fits on gpu-1");
  }

  @Test
  void manyQuestionsOfOneTenantDoNotHoldUpAnother() {
    node(TestPods.node("n1", "2", 10));
    for (int i = 0; i < 100; i++) {
      ask("acme", "q" + i, template("1", 3));
    }
    answer(ask("globex", "q", template("1", 1)));
    ObjectKey pod = scheduler.pod("globex", TestPods.pod("web", "1"));
    scheduler.awaitNode(pod, "n1");
    long open = scheduler.all(QUERIES).stream().filter(q -> !q.tree().has("status")).count();
    assertThat(open).as("still open").isPositive();
  }
}
