package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.gang.PodGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gangs of pods that an extender is about, with a real one on loopback. */
class GangExtenderTest {

  private static final String FILTER = "'filterVerb':'filter','nodeCacheCapable':true";
  private static final String GPU = "'managedResources':[{'name':'example.com/gpu'}]";

  private final TestScheduler scheduler = new TestScheduler();
  private final FakeExtender extender = new FakeExtender();

  /** Three nodes with room for one member each. */
  @BeforeEach
  void nodes() {
    for (String name : new String[] {"n1", "n2", "n3"}) {
      ObjectNode node = TestPods.node(name, "2", 20);
      node.withObject("/status/allocatable").put("example.com/gpu", "8");
      scheduler.node(node);
    }
  }

  @AfterEach
  void close() {
    scheduler.close();
    extender.close();
  }

  private void configure(String... parts) {
    scheduler.configure(extender, String.join(",", parts));
  }

  private void group(String name, int least, int timeout) {
    ObjectNode group = Json.object();
    group.put("apiVersion", "scheduling.x-k8s.io/v1alpha1").put("kind", "PodGroup");
    group.putObject("metadata").put("name", name);
    group.putObject("spec").put("minMember", least).put("scheduleTimeoutSeconds", timeout);
    scheduler
        .client
        .create(ResourceScope.namespace(PodGroup.PODGROUPS, "acme", "default"), group)
        .orThrow();
  }

  private static ObjectNode member(String name, String cpu) {
    ObjectNode pod = TestPods.pod(name, cpu);
    ((ObjectNode) pod.at("/spec/containers/0/resources/requests")).put("example.com/gpu", "1");
    pod.withObject("/metadata/labels").put(PodGroup.LABEL, name.substring(0, name.indexOf('-')));
    pod.withObject("/spec").put("priority", 10).put("terminationGracePeriodSeconds", 30);
    return pod;
  }

  private List<ObjectKey> members(String gang, int count, String cpu) {
    List<ObjectKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(scheduler.pod(member(gang + "-" + i, cpu)));
    }
    return keys;
  }

  private List<String> nodesOf(List<ObjectKey> pods) {
    return pods.stream().map(scheduler::nodeOf).filter(n -> !n.isEmpty()).sorted().toList();
  }

  private void awaitBound(List<ObjectKey> pods, int count) {
    scheduler.await(
        count + " bindings",
        () -> nodesOf(pods).size() == count,
        () -> pods.stream().map(p -> scheduler.nodeOf(p) + " " + scheduler.told(p)).toList());
  }

  private void awaitTold(ObjectKey pod, String part) {
    scheduler.await(
        part, () -> scheduler.told(pod).contains(part), () -> scheduler.told(pod) + extender.asked);
  }

  /** The extender lets pods be on nodes by their names. */
  private void lets(BiPredicate<String, String> allowed) {
    extender.answers(
        "filter",
        body -> {
          String pod = body.at("/Pod/metadata/name").asString("");
          ObjectNode answer = Json.object();
          ArrayNode left = answer.putArray("NodeNames");
          ObjectNode failed = answer.putObject("FailedNodes");
          for (JsonNode node : body.path("NodeNames")) {
            if (allowed.test(pod, node.asString(""))) {
              left.add(node);
            } else {
              failed.put(node.asString(""), "no link");
            }
          }
          return answer;
        });
  }

  @Test
  void allGoWhereTheExtenderLetsThem() {
    lets((pod, node) -> !node.equals("n2"));
    configure(FILTER, GPU);
    group("train", 3, 60);
    List<ObjectKey> pods = members("train", 3, "1");
    awaitBound(pods, 3);
    assertThat(nodesOf(pods)).doesNotContain("n2");
    assertThat(extender.asked).hasSize(3).allMatch(a -> a.body().path("NodeNames").size() == 3);
    assertThat(extender.asked).extracting(FakeExtender.Asked::pod).doesNotHaveDuplicates();
  }

  @Test
  void noneGetsANodeIfTooFewAreLet() {
    lets((pod, node) -> !node.equals("n2"));
    configure(FILTER, GPU);
    group("train", 3, 60);
    List<ObjectKey> pods = members("train", 3, "2");
    for (ObjectKey pod : pods) {
      awaitTold(pod, "there is no room for 3 members together; train-");
      awaitTold(pod, "1 no link");
    }
    assertThat(nodesOf(pods)).isEmpty();
    ObjectKey single = scheduler.pod(TestPods.pod("single", "2"));
    scheduler.await("a node", () -> !scheduler.nodeOf(single).isEmpty(), () -> "");
    scheduler.delete(single);
    lets((pod, node) -> true);
    scheduler.patchNode("n2", "{'metadata':{'labels':{'x':'y'}}}");
    awaitBound(pods, 3);
  }

  @Test
  void itIsAskedAgainWhereATrialReliesOnMore() {
    lets((pod, node) -> pod.equals("train-0") == node.equals("n3"));
    configure(FILTER, GPU);
    group("train", 3, 60);
    List<ObjectKey> pods = members("train", 3, "2");
    awaitBound(pods, 3);
    assertThat(scheduler.nodeOf(pods.getFirst())).isEqualTo("n3");
  }

  @Test
  void whoIsLetOnFewerNodesChoosesFirst() {
    lets((pod, node) -> !pod.equals("train-2") || node.equals("n1"));
    configure(FILTER, GPU);
    group("train", 3, 60);
    List<ObjectKey> pods = members("train", 3, "2");
    awaitBound(pods, 3);
    assertThat(scheduler.nodeOf(pods.getLast())).isEqualTo("n1");
  }

  @Test
  void aGangWhoseExtenderDoesNotAnswerWaits() {
    configure(FILTER, GPU);
    group("train", 2, 60);
    List<ObjectKey> pods = members("train", 2, "1");
    for (ObjectKey pod : pods) {
      scheduler.awaitTold(pod, "gang \"train\": " + Asking.NO_ANSWER);
    }
    assertThat(nodesOf(pods)).isEmpty();
    lets((pod, node) -> true);
    awaitBound(pods, 2);
  }

  @Test
  void itIsAskedNoLongerThanAGangMayTake() {
    extender.hangs("filter");
    configure(FILTER, GPU, "'httpTimeout':'60s'");
    group("train", 2, 5);
    List<ObjectKey> pods = members("train", 2, "1");
    scheduler.awaitTold(
        pods.getFirst(), "gang \"train\": its members were asked about for 5 s in vain");
    assertThat(nodesOf(pods)).isEmpty();
    ObjectKey other = scheduler.pod(TestPods.pod("other", "1"));
    scheduler.await("a node", () -> !scheduler.nodeOf(other).isEmpty(), () -> "");
    lets((pod, node) -> true);
    awaitBound(pods, 2);
  }

  @Test
  void nothingIsHeldWhileItIsAsked() {
    extender.hangs("filter");
    configure(FILTER, GPU, "'httpTimeout':'60s'");
    group("train", 3, 60);
    List<ObjectKey> pods = members("train", 3, "2");
    scheduler.await("three calls", () -> extender.asked.size() == 3, () -> extender.asked);
    ObjectNode important = TestPods.pod("other", "2");
    important.withObject("/spec").put("priority", 100);
    ObjectKey other = scheduler.pod(important);
    scheduler.await("a node", () -> !scheduler.nodeOf(other).isEmpty(), () -> "");
    lets((pod, node) -> true);
    extender.goesOn();
    awaitTold(pods.getFirst(), "there is no room for 3 members together");
    assertThat(nodesOf(pods)).isEmpty();
    scheduler.delete(other);
    awaitBound(pods, 3);
  }

  @Test
  void aMemberThatIsDeletedMeanwhileIsMissing() {
    extender.hangs("filter");
    configure(FILTER, GPU, "'httpTimeout':'60s'");
    group("train", 2, 60);
    List<ObjectKey> pods = members("train", 2, "1");
    scheduler.await("two calls", () -> extender.asked.size() == 2, () -> extender.asked);
    scheduler.delete(pods.getFirst());
    lets((pod, node) -> true);
    extender.goesOn();
    scheduler.awaitTold(pods.getLast(), "gang \"train\": 1 of 2 members exist");
    pods.add(scheduler.pod(member("train-9", "1")));
    awaitBound(pods.subList(1, 3), 2);
  }

  @Test
  void aGangOfATenantThatIsSuspendedMeanwhileGetsNoNode() {
    scheduler.tenant("acme", "default");
    extender.hangs("filter");
    configure(FILTER, GPU, "'httpTimeout':'60s'");
    group("train", 2, 60);
    List<ObjectKey> pods = members("train", 2, "1");
    scheduler.await("two calls", () -> extender.asked.size() == 2, () -> extender.asked);
    scheduler.patchTenant("acme", "{'spec':{'suspended':true}}");
    scheduler.awaitTold(pods.getFirst(), "tenant acme is suspended");
    scheduler.awaitTold(pods.getLast(), "tenant acme is suspended");
    lets((pod, node) -> true);
    extender.goesOn();
    ObjectKey other = scheduler.pod("globex", TestPods.pod("other", "1"));
    scheduler.await("a node", () -> !scheduler.nodeOf(other).isEmpty(), () -> "");
    assertThat(nodesOf(pods)).isEmpty();
    scheduler.patchTenant("acme", "{'spec':{'suspended':false}}");
    awaitBound(pods, 2);
  }

  @Test
  void membersThatAreToBeTogetherAre() {
    lets((pod, node) -> !node.equals("n1"));
    configure(FILTER, GPU);
    group("train", 2, 60);
    ObjectNode follower = member("train-1", "1");
    ((ObjectNode) follower.path("spec"))
        .set(
            "affinity",
            TestPods.json(
                "{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{"
                    + "'topologyKey':'name','labelSelector':{'matchExpressions':[{"
                    + "'key':'lead','operator':'Exists'}]}}]}}"));
    ObjectNode leader = member("train-2", "1");
    leader.withObject("/metadata/labels").put("lead", "yes");
    List<ObjectKey> pods = List.of(scheduler.pod(follower), scheduler.pod(leader));
    awaitBound(pods, 2);
    assertThat(nodesOf(pods)).doesNotContain("n1");
    assertThat(scheduler.nodeOf(pods.get(0))).isEqualTo(scheduler.nodeOf(pods.get(1)));
  }

  @Test
  void membersOfWhichNobodyIsAskedComeAlong() {
    lets((pod, node) -> node.equals("n1"));
    configure(FILTER, GPU);
    group("train", 3, 60);
    List<ObjectKey> pods = members("train", 2, "500m");
    ObjectNode plain = member("train-9", "1");
    ((ObjectNode) plain.at("/spec/containers/0/resources/requests")).remove("example.com/gpu");
    pods.add(scheduler.pod(plain));
    awaitBound(pods, 3);
    assertThat(nodesOf(pods.subList(0, 2))).containsExactly("n1", "n1");
    assertThat(extender.asked).extracting(FakeExtender.Asked::pod).doesNotContain("train-9");
  }

  @Test
  void aGangMakesRoomForItselfUnlessTheExtenderHasASayInThat() {
    List<ObjectKey> low = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      ObjectNode pod = TestPods.pod("low-" + i, "2");
      pod.withObject("/spec").put("terminationGracePeriodSeconds", 30);
      low.add(scheduler.pod(pod));
    }
    awaitBound(low, 3);
    lets((pod, node) -> true);
    extender.says("preempt", "{}");
    configure(FILTER, GPU, "'preemptVerb':'preempt'");
    group("train", 2, 60);
    List<ObjectKey> pods = members("train", 2, "2");
    awaitTold(pods.getFirst(), "there is no room for 2 members together");
    assertThat(low).noneMatch(this::ends);
    configure(FILTER, GPU);
    scheduler.await("two ends", () -> low.stream().filter(this::ends).count() == 2, () -> low);
    low.stream().filter(this::ends).toList().forEach(scheduler::delete);
    awaitBound(pods, 2);
  }

  private boolean ends(ObjectKey pod) {
    return scheduler.client.get(pod).orAbsent().map(p -> p.meta().deleting()).orElse(false);
  }
}
