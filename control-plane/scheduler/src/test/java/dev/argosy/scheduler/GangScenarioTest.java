package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.gang.PodGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What users see of gangs. */
class GangScenarioTest {

  private final TestScheduler scheduler = new TestScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  private ObjectKey group(String name, String spec) {
    ObjectNode group = Json.object();
    group.put("apiVersion", "scheduling.x-k8s.io/v1alpha1").put("kind", "PodGroup");
    group.putObject("metadata").put("name", name);
    group.set("spec", TestPods.json(spec));
    return scheduler
        .client
        .create(ResourceScope.namespace(PodGroup.PODGROUPS, "acme", "default"), group)
        .orThrow()
        .key();
  }

  private static ObjectNode member(String gang, String name, String cpu, int priority) {
    ObjectNode pod = TestPods.pod(name, cpu);
    pod.withObject("/metadata/labels").put(PodGroup.LABEL, gang);
    pod.withObject("/spec").put("priority", priority).put("terminationGracePeriodSeconds", 30);
    return pod;
  }

  private List<ObjectKey> members(String gang, String cpu, int from, int to) {
    List<ObjectKey> keys = new ArrayList<>();
    for (int i = from; i < to; i++) {
      keys.add(scheduler.pod(member(gang, gang + "-" + i, cpu, 0)));
    }
    return keys;
  }

  private long bound(List<ObjectKey> pods) {
    return pods.stream().map(scheduler::nodeOf).filter(n -> n.startsWith("n")).count();
  }

  private void awaitBound(List<ObjectKey> pods, int count) {
    scheduler.await(
        count + " bindings",
        () -> bound(pods) == count,
        () -> pods.stream().map(p -> p.name() + scheduler.nodeOf(p) + scheduler.told(p)).toList());
  }

  private boolean deleting(ObjectKey pod) {
    return scheduler.client.get(pod).orAbsent().map(p -> p.meta().deleting()).orElse(true);
  }

  @Test
  void aGangWaitsUntilEnoughOfItExist() {
    scheduler.node(TestPods.node("n1", "4", 10));
    group("g", "{'minMember':3}");
    List<ObjectKey> pods = members("g", "1", 0, 2);
    scheduler.awaitTold(pods.get(0), "gang \"g\": 2 of 3 members exist");
    assertThat(bound(pods)).isZero();
    pods.addAll(members("g", "1", 2, 3));
    awaitBound(pods, 3);
  }

  @Test
  void withoutItsGroupNoneIsScheduled() {
    scheduler.node(TestPods.node("n1", "4", 10));
    List<ObjectKey> pods = members("g", "1", 0, 2);
    scheduler.awaitTold(pods.get(1), "PodGroup \"g\" not found");
    group("g", "{'minMember':2}");
    awaitBound(pods, 2);
  }

  private String reasons(ObjectKey pod) {
    ApiObject found = scheduler.client.get(pod).orThrow();
    return found.meta().annotations().getOrDefault(Unschedulable.ANNOTATION, "");
  }

  @Test
  void aGangForWhichThereIsNoRoomHoldsNone() {
    scheduler.node(TestPods.node("n1", "2", 10));
    group("g", "{'minMember':3}");
    List<ObjectKey> pods = members("g", "1", 0, 3);
    scheduler.awaitTold(
        pods.get(0),
        "gang \"g\": there is no room for 3 members together; "
            + "g-2: 0/1 nodes are available: 1 Insufficient cpu.");
    for (ObjectKey pod : pods) {
      scheduler.await("reasons", () -> !reasons(pod).isEmpty(), () -> scheduler.told(pod));
      JsonNode told = TestPods.json(reasons(pod));
      assertThat(told.path("pod").asString("")).isEqualTo("g-2");
      assertThat(told.at("/nearest/lacks/0/message").asString("")).isEqualTo("1 more cpu");
    }
    ObjectKey other = scheduler.pod(TestPods.pod("other", "2"));
    scheduler.awaitNode(other, "n1");
    assertThat(bound(pods)).isZero();

    scheduler.node(TestPods.node("n2", "2", 10));
    scheduler.delete(other);
    awaitBound(pods, 3);
  }

  @Test
  void twoGangsThatEachFitDoNotTakeHalfEach() {
    scheduler.node(TestPods.node("n1", "3", 10));
    group("a", "{'minMember':3}");
    group("b", "{'minMember':3}");
    List<ObjectKey> a = new ArrayList<>();
    List<ObjectKey> b = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      a.addAll(members("a", "1", i, i + 1));
      b.addAll(members("b", "1", i, i + 1));
    }
    List<ObjectKey> all = Stream.concat(a.stream(), b.stream()).toList();
    awaitBound(all, 3);
    scheduler.api.awaitRest();
    assertThat(List.of(bound(a), bound(b))).containsExactlyInAnyOrder(0L, 3L);
    List<ObjectKey> first = bound(a) == 3 ? a : b;
    first.forEach(scheduler::delete);
    awaitBound(first == a ? b : a, 3);
  }

  @Test
  void membersBeyondTheLeastComeOneByOne() {
    scheduler.node(TestPods.node("n1", "3", 10));
    group("g", "{'minMember':2}");
    List<ObjectKey> pods = members("g", "1", 0, 4);
    awaitBound(pods, 3);
    ObjectKey last = pods.get(3);
    scheduler.awaitTold(last, "0/1 nodes are available: 1 Insufficient cpu.");
    scheduler.delete(pods.get(0));
    scheduler.awaitNode(last, "n1");
  }

  @Test
  void aMemberThatNeedsAnotherOneAndComesFirst() {
    scheduler.node(TestPods.node("n1", "4", 10));
    group("g", "{'minMember':2}");
    ObjectNode needs = member("g", "a", "1", 10);
    needs
        .withObject("/spec")
        .set(
            "affinity",
            TestPods.json(
                "{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{"
                    + "'topologyKey':'name','labelSelector':{'matchLabels':{'app':'b'}}}]}}"));
    ObjectNode needed = member("g", "b", "1", 0);
    needed.withObject("/metadata/labels").put("app", "b");
    awaitBound(List.of(scheduler.pod(needs), scheduler.pod(needed)), 2);
  }

  @Test
  void smallMembersDoNotTakeTheOnlyPlaceOfALargeOne() {
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectNode small = TestPods.node("n2", "1", 10);
    small.putObject("spec").set("taints", TestPods.json("[{'key':'a','effect':'NoSchedule'}]"));
    scheduler.node(small);
    group("g", "{'minMember':2}");
    ObjectNode first = member("g", "a", "1", 10);
    first.withObject("/spec").set("tolerations", TestPods.json("[{'operator':'Exists'}]"));
    awaitBound(List.of(scheduler.pod(first), scheduler.pod(member("g", "b", "2", 0))), 2);
  }

  @Test
  void nobodyIsEvictedForAGangThatDoesNotFitAllTheSame() {
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectKey low = scheduler.pod(TestPods.pod("low", "2"));
    scheduler.awaitNode(low, "n1");
    group("g", "{'minMember':3}");
    List<ObjectKey> pods = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pods.add(scheduler.pod(member("g", "g-" + i, "1", 100)));
    }
    scheduler.await("words", () -> scheduler.told(pods.get(0)).contains("no room for 3"), () -> "");
    scheduler.api.awaitRest();
    assertThat(deleting(low)).isFalse();

    scheduler.node(TestPods.node("n2", "1", 10));
    scheduler.await("eviction", () -> deleting(low), () -> scheduler.told(pods.get(0)));
    assertThat(bound(pods)).isZero();
    ObjectKey late = scheduler.pod(TestPods.pod("late", "1"));
    scheduler.awaitTold(late, "0/2 nodes are available: 2 Insufficient cpu.");
    scheduler.delete(low);
    awaitBound(pods, 3);
  }

  @Test
  void whatOthersBorrowedIsClaimedOnlyIfTheGuaranteeCoversTheWholeGang() {
    scheduler.guarantee("acme", "2");
    List<ObjectKey> lent = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      scheduler.node(TestPods.node("n" + i, "2", 10));
      lent.add(scheduler.pod("globex", TestPods.pod("lent-" + i, "2")));
    }
    lent.forEach(
        pod -> scheduler.await("a node", () -> !scheduler.nodeOf(pod).isEmpty(), () -> ""));
    group("g", "{'minMember':2}");
    List<ObjectKey> pods = members("g", "2", 0, 2);
    scheduler.await("words", () -> scheduler.told(pods.get(0)).contains("no room for 2"), () -> "");
    scheduler.api.awaitRest();
    assertThat(lent).noneMatch(this::deleting);

    scheduler.guarantee("acme", "4");
    scheduler.await(
        "eviction",
        () -> lent.stream().allMatch(this::deleting),
        () -> scheduler.told(pods.get(0)));
    assertThat(bound(pods)).isZero();
    lent.forEach(scheduler::delete);
    awaitBound(pods, 2);
  }

  @Test
  void minResourcesMustBeFreeBesides() {
    scheduler.node(TestPods.node("n1", "4", 10));
    group("g", "{'minMember':2,'minResources':{'cpu':'5'}}");
    List<ObjectKey> pods = members("g", "1", 0, 2);
    scheduler.awaitTold(pods.get(0), "gang \"g\": what its minResources ask for is not free");
    scheduler.node(TestPods.node("n2", "1", 10));
    awaitBound(pods, 2);
  }

  @Test
  void aGangThatDoesNotBecomeWholeInTimeIsEnded() {
    scheduler.node(TestPods.node("n1", "4", 10));
    group("g", "{'minMember':2,'scheduleTimeoutSeconds':5}");
    scheduler.api.setFault(new Refusing("g-1"));
    List<ObjectKey> pods = members("g", "1", 0, 2);
    scheduler.awaitNode(pods.get(0), "n1");
    scheduler.await("the end", () -> deleting(pods.get(0)), () -> scheduler.told(pods.get(1)));
    scheduler.awaitEvent(
        "GangIncomplete",
        "gang \"g\": 1 more members were not bound within 5 s; those that were end, "
            + "so that all begin together");
    scheduler.delete(pods.get(0));
    scheduler.awaitTold(pods.get(1), "gang \"g\": 1 of 2 members exist");

    scheduler.api.setFault(Fault.NONE);
    pods.add(scheduler.pod(member("g", "g-2", "1", 0)));
    awaitBound(pods, 2);
  }

  @Test
  void theRoomOfAMemberIsKeptWhileItsBindingIsTriedAgain() {
    scheduler.node(TestPods.node("n1", "2", 10));
    group("g", "{'minMember':2}");
    Refusing fault = new Refusing("g-1");
    scheduler.api.setFault(fault);
    List<ObjectKey> pods = members("g", "1", 0, 2);
    scheduler.awaitNode(pods.get(0), "n1");
    ObjectKey thief = scheduler.pod(TestPods.pod("thief", "1"));
    scheduler.awaitTold(thief, "0/1 nodes are available: 1 Insufficient cpu.");
    scheduler.api.setFault(Fault.NONE);
    awaitBound(pods, 2);
    assertThat(scheduler.nodeOf(thief)).isEmpty();
  }

  @Test
  void membersThatRunAreGivenMoreTime() {
    scheduler.node(TestPods.node("n1", "2", 10));
    group("g", "{'minMember':2,'scheduleTimeoutSeconds':1}");
    List<ObjectKey> pods = members("g", "1", 0, 2);
    awaitBound(pods, 2);
    for (ObjectKey pod : pods) {
      scheduler
          .client
          .patch(
              pod,
              "status",
              Patch.merge(TestPods.json("{'status':{'startTime':'2026-01-01T00:00:00Z'}}")))
          .orThrow();
    }
    scheduler.crash(() -> scheduler.patchNode("n1", "{'spec':{'unschedulable':true}}"));
    scheduler.delete(pods.get(1));
    ObjectKey again = scheduler.pod(member("g", "g-2", "1", 0));
    scheduler.await("words", () -> scheduler.told(again).contains("no room for 2"), () -> "");
    scheduler.timers.advance(Duration.ofMinutes(4));
    scheduler.api.awaitRest();
    assertThat(deleting(pods.get(0))).isFalse();
    scheduler.timers.advance(Duration.ofMinutes(2));
    scheduler.await("the end", () -> deleting(pods.get(0)), () -> scheduler.told(again));
  }

  /** Does not let one pod be bound. */
  record Refusing(String name) implements Fault {
    @Override
    public Optional<Status> refuse(String verb, GroupResource resource, String pod) {
      return verb.equals("binding") && pod.equals(name)
          ? Optional.of(Status.of(Reason.CONFLICT, "not now"))
          : Optional.empty();
    }
  }
}
