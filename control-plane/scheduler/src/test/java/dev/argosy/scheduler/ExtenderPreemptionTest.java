package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an extender may say of whom room costs ({@code preemptVerb}), with a real one. */
class ExtenderPreemptionTest {

  private static final String PREEMPT = "'preemptVerb':'preempt','nodeCacheCapable':true";
  private static final String SOON = "'httpTimeout':'300ms'";
  private static final String FULL = "0/2 nodes are available: 2 Insufficient cpu.";

  private final TestScheduler scheduler = new TestScheduler();
  private final FakeExtender extender = new FakeExtender();
  private final ObjectKey low1 = key("low-1");
  private final ObjectKey low2 = key("low-2");

  @BeforeEach
  void fullNodes() {
    for (String name : new String[] {"n1", "n2"}) {
      ObjectNode node = TestPods.node(name, "2", 10);
      node.withObject("/status/allocatable").put("example.com/gpu", "8");
      scheduler.node(node);
    }
    pod("low-1", "2", 0, "n1");
    pod("low-2", "1500m", 1, "n2");
    scheduler.awaitNode(low1, "n1");
    scheduler.awaitNode(low2, "n2");
  }

  @AfterEach
  void close() {
    scheduler.close();
    extender.close();
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(TestScheduler.PODS, "acme", "default", name);
  }

  private ObjectKey pod(String name, String cpu, int priority, String on) {
    ObjectNode pod = TestPods.pod(name, cpu);
    pod.withObject("/spec").put("priority", priority).put("terminationGracePeriodSeconds", 30);
    if (!on.isEmpty()) {
      pod.withObject("/spec").putObject("nodeSelector").put("name", on);
    }
    return scheduler.pod(pod);
  }

  private void configure(String... parts) {
    scheduler.configure(extender, String.join(",", parts));
  }

  private JsonNode tree(ObjectKey key) {
    return scheduler.client.get(key).orThrow().tree();
  }

  private String uid(ObjectKey key) {
    return tree(key).at("/metadata/uid").asString("");
  }

  private boolean ends(ObjectKey key) {
    return tree(key).at("/metadata").has("deletionTimestamp");
  }

  private void awaitEnding(ObjectKey key) {
    scheduler.await("deletion", () -> ends(key), () -> tree(key) + " " + extender.asked);
  }

  private void awaitRoomOn(ObjectKey pod, String node) {
    scheduler.await(
        "the nomination",
        () -> tree(pod).at("/status/nominatedNodeName").asString("").equals(node),
        () -> tree(pod) + " " + extender.asked);
  }

  /** What an extender says that wants just these pods of one node to go. */
  private static String only(String node, String... uids) {
    List<String> pods = Stream.of(uids).map(uid -> "{'UID':'" + uid + "'}").toList();
    return "{'NodeNameToMetaVictims':{'" + node + "':{'Pods':" + pods + "}}}";
  }

  @Test
  void roomIsMadeWhereTheExtenderLetsIt() {
    extender.says("preempt", only("n2", uid(low2)));
    configure(PREEMPT);
    ObjectKey high = pod("high", "2", 100, "");
    awaitRoomOn(high, "n2");
    awaitEnding(low2);
    assertThat(ends(low1)).isFalse();
    scheduler.delete(low2);
    scheduler.awaitNode(high, "n2");
    FakeExtender.Asked asked = extender.asked.getFirst();
    assertThat(asked.pod()).isEqualTo("high");
    assertThat(asked.cluster()).isEqualTo("acme");
    assertThat(asked.body().path("NodeNameToVictims").isNull()).isTrue();
    assertThat(asked.body().path("NodeNameToMetaVictims").propertyNames())
        .containsExactlyInAnyOrder("n1", "n2");
    assertThat(asked.body().at("/NodeNameToMetaVictims/n1").toString())
        .isEqualTo("{\"Pods\":[{\"UID\":\"" + uid(low1) + "\"}],\"NumPDBViolations\":0}");
  }

  @Test
  void anExtenderThatKnowsNoNodesIsShownThePods() {
    extender.answers(
        "preempt",
        body -> {
          ObjectNode answer = Json.object();
          ObjectNode n2 = answer.putObject("nodeNameToMetaVictims").putObject("n2");
          body.at("/NodeNameToVictims/n2/Pods")
              .forEach(pod ->
                  n2.withArray("pods")
                      .addObject()
                      .put("uid", pod.at("/metadata/uid").asString(""))
                      .put("name", pod.at("/metadata/name").asString("")));
          return answer;
        });
    configure("'preemptVerb':'preempt'");
    awaitRoomOn(pod("high", "2", 100, ""), "n2");
    awaitEnding(low2);
    assertThat(extender.asked.getFirst().body().path("NodeNameToMetaVictims").isNull()).isTrue();
  }

  @Test
  void itMayNameOtherPodsOfTheNodeThatCouldGo() {
    ObjectKey small = pod("small", "400m", 2, "n2");
    scheduler.awaitNode(small, "n2");
    extender.says("preempt", only("n2", uid(low2), uid(small)));
    configure(PREEMPT);
    pod("high", "1500m", 100, "");
    awaitEnding(small);
    awaitEnding(low2);
    assertThat(ends(low1)).isFalse();
  }

  @Test
  void moreImportantPodsAndTooFewDoNotMakeRoom() {
    ObjectKey small = pod("small", "500m", 200, "n2");
    scheduler.awaitNode(small, "n2");
    extender.says("preempt", only("n2", uid(low2), uid(small)));
    configure(PREEMPT);
    scheduler.awaitTold(pod("high", "1500m", 100, ""), Asking.NO_ANSWER);
    scheduler.delete(small);
    ObjectKey other = pod("other", "500m", 2, "n2");
    scheduler.awaitNode(other, "n2");
    extender.says("preempt", only("n2", uid(other)));
    ObjectKey late = pod("late", "1500m", 100, "");
    scheduler.awaitTold(late, FULL);
    assertThat(ends(low1) || ends(low2) || ends(other)).isFalse();
  }

  @Test
  void aNodeOrAPodThatItWasNotAskedAboutIsNoAnswer() {
    ObjectKey high = refusedFirst(only("n7", uid(low1)));
    assertThat(scheduler.nodeOf(high)).isEmpty();
    refusedFirst(only("n1", uid(low2)));
    refusedFirst(only("n1"));
    refusedFirst("[]");
    refusedFirst("{'NodeNameToMetaVictims':[]}");
    assertThat(ends(low1) || ends(low2)).isFalse();
    extender.says("preempt", only("n1", uid(low1)));
    awaitEnding(low1);
  }

  private ObjectKey refusedFirst(String answer) {
    extender.says("preempt", answer);
    configure(PREEMPT);
    ObjectKey pod = pod("high-" + extender.asked.size(), "2", 100, "");
    scheduler.awaitTold(pod, Asking.NO_ANSWER);
    return pod;
  }

  @Test
  void nobodyIsEndedWithoutAnAnswerThatMustBe() {
    extender.hangs("preempt");
    configure(PREEMPT, SOON);
    ObjectKey high = pod("high", "2", 100, "");
    scheduler.awaitTold(high, Asking.NO_ANSWER);
    assertThat(ends(low1) || ends(low2)).isFalse();
    extender.says("preempt", only("n1", uid(low1)));
    awaitEnding(low1);
  }

  @Test
  void anIgnorableOneIsDoneWithout() {
    extender.hangs("preempt");
    configure(PREEMPT, SOON, "'ignorable':true");
    awaitRoomOn(pod("high", "2", 100, ""), "n1");
    awaitEnding(low1);
  }

  @Test
  void aNodeForWhichAnIgnorableOneNamesNobodyIsLeftOut() {
    extender.says(
        "preempt",
        "{'NodeNameToMetaVictims':{'n1':{'Pods':[]},'n2':{'Pods':[{'UID':'" + uid(low2) + "'}]}}}");
    configure(PREEMPT, "'ignorable':true");
    awaitRoomOn(pod("high", "2", 100, ""), "n2");
  }

  @Test
  void whoIsLetEndNobodyIsToldSoAndTriedAgain() {
    extender.says("preempt", "{}");
    configure(PREEMPT);
    ObjectKey high = pod("high", "2", 100, "");
    scheduler.awaitTold(high, FULL + NoRoom.NOT_ALLOWED);
    assertThat(ends(low1) || ends(low2)).isFalse();
    extender.says("preempt", only("n1", uid(low1)));
    scheduler.patchNode("n2", "{'metadata':{'labels':{'x':'y'}}}");
    awaitEnding(low1);
  }

  @Test
  void othersGoOnWhileItHangs() {
    extender.hangs("preempt");
    configure(PREEMPT, "'managedResources':[{'name':'example.com/gpu'}]", "'httpTimeout':'60s'");
    ObjectNode concerned = TestPods.pod("gpu", "2");
    concerned.withObject("/spec").put("priority", 50);
    ((ObjectNode) concerned.at("/spec/containers/0/resources/requests"))
        .put("example.com/gpu", "1");
    ObjectKey waits = scheduler.pod(concerned);
    scheduler.await("the call", () -> !extender.asked.isEmpty(), () -> scheduler.told(waits));
    awaitRoomOn(pod("high", "2", 100, ""), "n1");
    awaitEnding(low1);
    assertThat(extender.asked).hasSize(1);
  }

  @Test
  void forAPodOfATenantThatIsSuspendedMeanwhileNobodyIsEnded() {
    scheduler.tenant("acme", "default");
    extender.hangs("preempt");
    configure(PREEMPT, "'httpTimeout':'60s'");
    ObjectKey high = pod("high", "2", 100, "");
    scheduler.await("the call", () -> !extender.asked.isEmpty(), () -> "");
    scheduler.patchTenant("acme", "{'spec':{'suspended':true}}");
    scheduler.awaitTold(high, "tenant acme is suspended");
    extender.goesOn();
    scheduler.awaitNode(scheduler.pod("globex", TestPods.pod("tiny", "500m")), "n2");
    assertThat(ends(low1) || ends(low2)).isFalse();
    extender.says("preempt", only("n1", uid(low1)));
    scheduler.patchTenant("acme", "{'spec':{'suspended':false}}");
    awaitEnding(low1);
  }

  @Test
  void forAPodThatIsDeletedMeanwhileNobodyIsEnded() {
    extender.hangs("preempt");
    configure(PREEMPT, "'httpTimeout':'60s'");
    ObjectKey high = pod("high", "2", 100, "");
    scheduler.await("the call", () -> !extender.asked.isEmpty(), () -> "");
    scheduler.delete(high);
    scheduler.awaitNode(pod("tiny", "500m", 0, "n2"), "n2");
    extender.goesOn();
    scheduler.awaitNode(pod("last", "0", 0, "n1"), "n1");
    assertThat(ends(low1) || ends(low2)).isFalse();
  }
}
