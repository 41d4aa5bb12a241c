package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page on scheduling says of extenders, with a real one on loopback. */
class ExtenderScenarioTest {

  private static final String GPU = "'managedResources':[{'name':'example.com/gpu'}]";
  private static final String FILTER = "'filterVerb':'filter','nodeCacheCapable':true";
  private static final String SOON = "'httpTimeout':'300ms'";

  private final TestScheduler scheduler = new TestScheduler();
  private final FakeExtender extender = new FakeExtender();

  @BeforeEach
  void nodes() {
    scheduler.tenant("acme", "default");
    scheduler.tenant("globex", "default");
    for (String name : new String[] {"n1", "n2", "n3"}) {
      ObjectNode node = TestPods.node(name, "8", 20);
      node.withObject("/status/allocatable").put("example.com/gpu", "8");
      scheduler.node(node);
    }
  }

  @AfterEach
  void close() {
    scheduler.close();
    extender.close();
  }

  private static ObjectNode gpu(String name) {
    ObjectNode pod = TestPods.pod(name, "100m");
    ((ObjectNode) pod.at("/spec/containers/0/resources/requests")).put("example.com/gpu", "1");
    return pod;
  }

  private void configure(String... parts) {
    scheduler.configure(extender, String.join(",", parts));
  }

  @Test
  void aPodGoesWhereTheExtenderLetsIt() {
    extender.says("filter", "{'NodeNames':['n2'],'FailedNodes':{'n1':'no link'}}");
    configure(FILTER);
    ObjectKey pod = scheduler.pod(TestPods.pod("a", "1"));
    scheduler.awaitNode(pod, "n2");
    FakeExtender.Asked asked = extender.asked.getFirst();
    assertThat(asked.pod()).isEqualTo("a");
    assertThat(asked.cluster()).isEqualTo("acme");
    assertThat(asked.body().at("/Pod/spec/containers/0/image").asString("")).isEqualTo("demo:1");
    assertThat(asked.body().path("NodeNames")).hasSize(3);
    assertThat(asked.body().path("Nodes").isNull()).isTrue();
  }

  @Test
  void anExtenderThatKnowsNoNodesIsShownThem() {
    extender.answers(
        "filter",
        body -> {
          ObjectNode answer = Json.object();
          var items = answer.putObject("nodes").putArray("items");
          for (JsonNode node : body.at("/Nodes/items")) {
            if (node.at("/metadata/labels/name").asString("").equals("n3")) {
              items.add(node);
            }
          }
          return answer;
        });
    configure("'filterVerb':'filter'");
    scheduler.awaitNode(scheduler.pod(TestPods.pod("a", "1")), "n3");
  }

  @Test
  void itsPreferencesCountWithTheirWeight() {
    extender.says("prioritize", "[{'Host':'n3','Score':10},{'Host':'n1','Score':1}]");
    configure("'prioritizeVerb':'prioritize','weight':5,'nodeCacheCapable':true");
    for (String name : new String[] {"a", "b", "c"}) {
      scheduler.awaitNode(scheduler.pod(TestPods.pod(name, "1")), "n3");
    }
  }

  @Test
  void aPodIsToldWhyTheExtenderRefusesAllNodes() {
    extender.says(
        "filter",
        "{'nodenames':[],'failedNodes':{'n1':'node(s) had no free link',"
            + "'n2':'node(s) had no free link'}}");
    configure(FILTER);
    ObjectKey pod = scheduler.pod(TestPods.pod("a", "1"));
    scheduler.awaitTold(
        pod,
        "0/3 nodes are available: 1 node(s) were refused by an extender of the scheduler,"
            + " 2 node(s) had no free link.");
    extender.says("filter", "{'nodenames':['n1','n2','n3']}");
    scheduler.patchNode("n3", "{'metadata':{'labels':{'x':'y'}}}");
    scheduler.await("a node", () -> !scheduler.nodeOf(pod).isEmpty(), () -> scheduler.told(pod));
  }

  @Test
  void podsThatItIsNotAboutGoOnWhileItHangs() {
    extender.hangs("filter");
    configure(FILTER, GPU, "'httpTimeout':'60s'");
    ObjectKey concerned = scheduler.pod(gpu("g"));
    scheduler.await("the call", () -> !extender.asked.isEmpty(), () -> "");
    for (int i = 0; i < 5; i++) {
      ObjectKey other = scheduler.pod(i % 2 == 0 ? "acme" : "globex", TestPods.pod("p" + i, "1"));
      scheduler.await("a node", () -> !scheduler.nodeOf(other).isEmpty(), () -> "");
    }
    assertThat(scheduler.nodeOf(concerned)).isEmpty();
    assertThat(extender.asked).hasSize(1);
  }

  @Test
  void aPodOfAnExtenderThatMustBeAskedWaitsUntilItAnswers() {
    extender.hangs("filter");
    configure(FILTER, GPU, SOON);
    ObjectKey pod = scheduler.pod(gpu("g"));
    scheduler.awaitTold(pod, Asking.NO_ANSWER);
    extender.says("filter", "{'nodenames':['n2']}");
    scheduler.awaitNode(pod, "n2");
  }

  @Test
  void errorsOfAnExtenderAreNoAnswers() {
    extender.says("filter", "{'error':'broken'}");
    configure(FILTER, GPU);
    scheduler.awaitTold(scheduler.pod(gpu("g")), Asking.NO_ANSWER);
    extender.says("filter", "'nonsense'");
    ObjectKey pod = scheduler.pod(gpu("h"));
    scheduler.awaitTold(
        pod, "0/3 nodes are available: 3 node(s) were refused by an extender of the scheduler.");
  }

  @Test
  void anIgnorableExtenderKeepsNobody() {
    configure(FILTER, "'ignorable':true,'prioritizeVerb':'prioritize','weight':1");
    ObjectKey pod = scheduler.pod(TestPods.pod("a", "1"));
    scheduler.await("a node", () -> !scheduler.nodeOf(pod).isEmpty(), () -> scheduler.told(pod));
    assertThat(extender.asked).hasSizeGreaterThan(1);
  }

  @Test
  void anExtenderBindsItsPods() {
    extender.answers(
        "bind",
        body -> {
          ObjectNode binding = Json.object();
          binding.put("apiVersion", "v1").put("kind", "Binding");
          binding.putObject("metadata").put("name", body.path("PodName").asString(""));
          binding.putObject("target").put("kind", "Node").put("name", body.path("Node").asString());
          ObjectKey key =
              new ObjectKey(
                  TestScheduler.PODS,
                  "acme",
                  body.path("PodNamespace").asString(""),
                  body.path("PodName").asString(""));
          scheduler.client.post(key, "binding", binding).orThrow();
          return Json.object();
        });
    configure("'bindVerb':'bind'", GPU);
    ObjectKey pod = scheduler.pod(gpu("g"));
    ObjectKey other = scheduler.pod(TestPods.pod("p", "1"));
    scheduler.await("a node", () -> !scheduler.nodeOf(pod).isEmpty(), () -> scheduler.told(pod));
    scheduler.await("a node", () -> !scheduler.nodeOf(other).isEmpty(), () -> "");
    assertThat(extender.asked).singleElement().matches(a -> a.verb().equals("bind"));
    assertThat(extender.asked.getFirst().body().path("PodUID").asString("")).isNotEmpty();
  }

  @Test
  void aPodThatItsExtenderDoesNotBindIsTriedAgain() {
    extender.says("bind", "{'Error':'not today'}");
    configure("'bindVerb':'bind'", GPU);
    scheduler.pod(gpu("g"));
    scheduler.await("two calls", () -> extender.asked.size() >= 2, () -> extender.asked);
  }

  @Test
  void aPodThatIsDeletedWhileItIsAskedAboutIsForgotten() {
    extender.hangs("filter");
    configure(FILTER, GPU, SOON);
    ObjectKey pod = scheduler.pod(gpu("g"));
    scheduler.await("the call", () -> !extender.asked.isEmpty(), () -> "");
    scheduler.delete(pod);
    extender.says("filter", "{'nodenames':['n1']}");
    ObjectKey again = scheduler.pod(gpu("g"));
    scheduler.awaitNode(again, "n1");
  }

  @Test
  void whatTheExtenderCountsTheSchedulerNeedNot() {
    extender.says("filter", "{'nodenames':['n1','n2','n3']}");
    configure(FILTER, "'managedResources':[{'name':'example.com/fpga','ignoredByScheduler':true}]");
    ObjectNode pod = TestPods.pod("f", "1");
    ((ObjectNode) pod.at("/spec/containers/0/resources/requests")).put("example.com/fpga", "1");
    ObjectKey key = scheduler.pod(pod);
    scheduler.await("a node", () -> !scheduler.nodeOf(key).isEmpty(), () -> scheduler.told(key));
  }
}
