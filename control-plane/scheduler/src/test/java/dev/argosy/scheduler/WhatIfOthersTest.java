package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.profile.Profiles;
import dev.argosy.scheduler.share.QuotaView;
import dev.argosy.scheduler.volume.Needs;
import dev.argosy.scheduler.whatif.Answers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What answers say of others than the scheduler: extenders, and tenants that want room too. */
class WhatIfOthersTest {

  private static final String FILTER = "'filterVerb':'filter','nodeCacheCapable':true";
  private static final String GPU = "'managedResources':[{'name':'example.com/gpu'}]";

  private final TestScheduler scheduler = new TestScheduler();
  private final FakeExtender extender = new FakeExtender();

  @AfterEach
  void close() {
    scheduler.close();
    extender.close();
  }

  /** Nodes and what is to run on them are there before anything is asked. */
  private void nodes(String... names) {
    scheduler.crash(() -> {
      for (String name : names) {
        ObjectNode node = TestPods.node(name, "2", 10);
        node.withObject("/status/allocatable").put("example.com/gpu", "8");
        scheduler.node(node);
      }
    });
  }

  private void configure(String... parts) {
    scheduler.configure(extender, String.join(",", parts));
  }

  private static ObjectNode gpu(String cpu, int count) {
    ObjectNode spec = plain(cpu, count);
    ((ObjectNode) spec.at("/template/spec/containers/0/resources/requests"))
        .put("example.com/gpu", "1");
    return spec;
  }

  private static ObjectNode plain(String cpu, int count) {
    ObjectNode spec = Json.object().put("count", count);
    spec.putObject("template").set("spec", TestPods.pod("x", cpu).path("spec"));
    return spec;
  }

  private JsonNode answer(String cluster, ObjectNode spec) {
    ObjectNode query = Json.object();
    query.put("apiVersion", "scheduling.argosy.dev/v1").put("kind", "PlacementQuery");
    query.putObject("metadata").put("generateName", "q-");
    query.set("spec", spec);
    ObjectKey key =
        scheduler
            .client
            .create(ResourceScope.namespace(WhatIfScenarioTest.QUERIES, cluster, "default"), query)
            .orThrow()
            .key();
    scheduler.await(
        "the answer",
        () -> scheduler.client.get(key).orThrow().tree().at("/status").has("answeredAt"),
        () -> scheduler.client.get(key).orThrow());
    return scheduler.client.get(key).orThrow().tree().path("status");
  }

  private static String message(JsonNode answer) {
    return answer.path("message").asString("");
  }

  @Test
  void podsGoWhereExtendersLetThem() {
    extender.says("filter", "{'NodeNames':['n2'],'FailedNodes':{'n1':'no link','n3':'no link'}}");
    nodes("n1", "n2", "n3");
    configure(FILTER, GPU);
    JsonNode answer = answer("acme", gpu("1", 2));
    assertThat(message(answer)).isEqualTo("all 2 fit, on 1 nodes");
    assertThat(answer.path("where").toString()).isEqualTo("[{\"node\":\"n2\",\"pods\":2}]");
    assertThat(answer.path("extenders").toString())
        .isEqualTo(
            "[{\"number\":1,\"answered\":true,\"resources\":[\"example.com/gpu\"],"
                + "\"refused\":[{\"reason\":\"no link\",\"nodes\":2}]}]");
    FakeExtender.Asked asked = extender.asked.getFirst();
    assertThat(asked.whatIf()).isTrue();
    assertThat(asked.cluster()).isEqualTo("acme");
    assertThat(asked.body().path("NodeNames")).hasSize(3);
    assertThat(asked.body().at("/Pod/metadata/name").asString("")).startsWith("asked-q-");
    assertThat(asked.body().at("/Pod/metadata/namespace").asString("")).isEqualTo("default");
  }

  @Test
  void whatAnExtenderRefusesIsAReason() {
    extender.says("filter", "{'NodeNames':[],'FailedNodes':{'n1':'no link'}}");
    nodes("n1");
    configure(FILTER, GPU);
    JsonNode answer = answer("acme", gpu("1", 1));
    assertThat(answer.path("fits").asBoolean(true)).isFalse();
    assertThat(message(answer))
        .isEqualTo("0/1 nodes are available: 1 no link. It would fit with 1 more node like n1.");
    assertThat(answer.at("/reasons/0/filter").asString("")).isEqualTo("Extender");
  }

  @Test
  void anExtenderThatIsNotConcernedIsNotAsked() {
    nodes("n1");
    configure(FILTER, GPU);
    JsonNode answer = answer("acme", plain("1", 1));
    assertThat(message(answer)).isEqualTo("fits on n1");
    assertThat(answer.has("extenders")).isFalse();
    assertThat(extender.asked).isEmpty();
  }

  @Test
  void anAnswerSaysWhoDidNotAnswer() {
    extender.hangs("filter");
    nodes("n1");
    configure(FILTER, GPU, "'httpTimeout':'300ms'");
    JsonNode answer = answer("acme", gpu("1", 1));
    assertThat(message(answer))
        .isEqualTo(
            "fits on n1. Extender 1 of the scheduler (example.com/gpu) did not answer; pods wait"
                + " until it does.");
    assertThat(answer.at("/extenders/0/answered").asBoolean(true)).isFalse();
    configure(FILTER, GPU, "'httpTimeout':'300ms','ignorable':true");
    JsonNode without = answer("acme", gpu("1", 1));
    assertThat(message(without)).isEqualTo("fits on n1");
    assertThat(without.at("/extenders/0/answered").asBoolean(true)).isFalse();
  }

  @Test
  void whileAnExtenderHangsOthersGetAnswersAndNodes() {
    extender.hangs("filter");
    nodes("n1");
    configure(FILTER, GPU, "'httpTimeout':'60s'");
    ObjectNode query = Json.object();
    query.put("apiVersion", "scheduling.argosy.dev/v1").put("kind", "PlacementQuery");
    query.putObject("metadata").put("name", "slow");
    query.set("spec", gpu("1", 1));
    scheduler
        .client
        .create(ResourceScope.namespace(WhatIfScenarioTest.QUERIES, "acme", "default"), query)
        .orThrow();
    scheduler.await("the call", () -> !extender.asked.isEmpty(), () -> "");
    assertThat(message(answer("globex", plain("1", 1)))).isEqualTo("fits on n1");
    scheduler.awaitNode(scheduler.pod("globex", TestPods.pod("p", "1")), "n1");
  }

  @Test
  void aTenantHearsHowMuchIsGuaranteedToIt() {
    scheduler.guarantee("acme", "2");
    nodes("n1", "n2");
    JsonNode answer = answer("acme", plain("1", 3));
    assertThat(answer.at("/share/guaranteed").asInt(0)).isEqualTo(2);
    assertThat(answer.at("/share/ahead").asInt(0)).isEqualTo(3);
    assertThat(answer.path("share").has("message")).isFalse();
    assertThat(message(answer)).startsWith("all 3 fit");
  }

  @Test
  void aTenantHearsWhatItCanClaimBackAndOfNobody() {
    scheduler.guarantee("acme", "2");
    nodes("n1");
    ObjectNode first = TestPods.pod("secret-1", "1");
    scheduler.awaitNode(scheduler.pod("globex", first), "n1");
    scheduler.awaitNode(scheduler.pod("globex", TestPods.pod("secret-2", "1")), "n1");
    JsonNode answer = answer("acme", plain("1", 2));
    assertThat(answer.path("fits").asBoolean(true)).isFalse();
    assertThat(answer.at("/changes/0/type").asString("")).isEqualTo("ClaimBack");
    assertThat(answer.at("/changes/0/count").asInt(0)).isEqualTo(2);
    assertThat(message(answer))
        .endsWith(
            " All would fit once 2 pods of others end with what was borrowed, which the scheduler"
                + " would see to.");
    assertThat(answer.toString()).doesNotContain("secret", "globex");
    JsonNode tooMuch = answer("acme", plain("1", 3));
    assertThat(tooMuch.path("changes").toString()).doesNotContain("ClaimBack");
    assertThat(answer("globex", plain("1", 1)).path("changes").toString())
        .doesNotContain("ClaimBack");
  }

  @Test
  void othersThatWaitAndHaveLessComeFirst() {
    Board board = new Board().node("n1", "");
    board.on("n1", board.pod("acme", "default", "a", "{}", Board.cpu("1", 0)));
    PodView rival = board.pod("globex", "default", "w", "{}", Board.cpu("1", 0));
    PodView rich = board.pod("rich", "default", "w", "{}", Board.cpu("1", 0));
    board.on("n1", board.pod("rich", "default", "r", "{}", Board.cpu("1500m", 0)));
    Moment moment = Moment.of(board.state, board.nominations, List.of(rich, rival));
    Shadow shadow =
        new Shadow(
            Profiles.DEFAULT, moment, (cluster, pool) -> true, pod -> Needs.NONE, new Random(1));
    ObjectNode pod = TestPods.pod("asked", "500m");
    assertThat(Answers.ask(shadow, pod, 2).message())
        .isEqualTo("all 2 fit, on 1 nodes. Pods of other tenants that wait come first.");
    assertThat(Answers.ask(shadow, pod, 1).message())
        .isEqualTo("fits on n1. Pods of other tenants that wait come first.");
    ObjectKey quota = new ObjectKey(QuotaView.ALL.scope().resource(), "root", "", "acme");
    shadow
        .state()
        .shares()
        .guarantees()
        .put(new QuotaView(quota, "acme", Map.of("cpu", 1500L, "pods", 100L)));
    assertThat(Answers.ask(shadow, pod, 2).message())
        .isEqualTo(
            "all 2 fit, on 1 nodes. 1 of them comes next, the others after waiting pods of other"
                + " tenants.");
  }

  @Test
  void nothingIsClaimedWhereOthersHaveNoMoreThanTheirOwn() {
    scheduler.guarantee("acme", "2");
    scheduler.guarantee("globex", "2");
    nodes("n1");
    scheduler.awaitNode(scheduler.pod("globex", TestPods.pod("p", "2")), "n1");
    assertThat(answer("acme", plain("1", 1)).path("changes").toString())
        .doesNotContain("ClaimBack");
  }
}
