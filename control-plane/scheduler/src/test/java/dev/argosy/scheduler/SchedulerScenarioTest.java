package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What users see of the scheduler. */
class SchedulerScenarioTest {

  private final TestScheduler scheduler = new TestScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void binds_a_pod_and_tells() {
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectKey pod = scheduler.pod(TestPods.pod("web", "500m"));
    scheduler.awaitNode(pod, "n1");
    scheduler.awaitEvent("Scheduled", "Successfully assigned default/web to n1");
  }

  @Test
  void names_the_reason_per_count_of_nodes() {
    scheduler.node(TestPods.node("n1", "100m", 10));
    for (String name : List.of("n2", "n3")) {
      ObjectNode node = TestPods.node(name, "4", 10);
      node.putObject("spec").set("taints", TestPods.json("[{'key':'a','effect':'NoSchedule'}]"));
      scheduler.node(node);
    }
    ObjectKey pod = scheduler.pod(TestPods.pod("web", "1"));
    String message =
        "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s).";
    scheduler.awaitTold(pod, message);
    scheduler.awaitEvent("FailedScheduling", message);

    scheduler.patchNode("n2", "{'spec':{'taints':[]}}");
    scheduler.awaitNode(pod, "n2");
  }

  @Test
  void waits_without_nodes_and_goes_on_when_one_comes() {
    ObjectKey pod = scheduler.pod(TestPods.pod("web", "1"));
    scheduler.awaitTold(pod, "no nodes available to schedule pods");
    scheduler.node(TestPods.node("n1", "2", 10));
    scheduler.awaitNode(pod, "n1");
  }

  @Test
  void a_pod_that_ends_makes_room_for_one_that_waits() {
    scheduler.node(TestPods.node("n1", "1", 10));
    ObjectKey first = scheduler.pod(TestPods.pod("first", "800m"));
    scheduler.awaitNode(first, "n1");
    ObjectKey second = scheduler.pod(TestPods.pod("second", "800m"));
    scheduler.awaitTold(second, "0/1 nodes are available: 1 Insufficient cpu.");
    var waiting = scheduler.client.get(second).orThrow();
    assertThat(waiting.tree().at("/status/conditions/0/observedGeneration").asLong(0))
        .isEqualTo(waiting.meta().generation())
        .isPositive();
    scheduler.delete(first);
    scheduler.awaitNode(second, "n1");
  }

  @Test
  void a_tenant_gets_the_nodes_of_its_pools_only() {
    ObjectNode special = TestPods.node("gpu-1", "4", 10);
    special.withObject("/metadata/labels").put("argosy.dev/pool", "gpu");
    scheduler.node(special);
    scheduler.tenant("acme", "gpu");
    scheduler.tenant("globex");
    ObjectKey granted = scheduler.pod("acme", TestPods.pod("a", "1"));
    ObjectKey refused = scheduler.pod("globex", TestPods.pod("b", "1"));
    scheduler.awaitNode(granted, "gpu-1");
    scheduler.awaitTold(refused, "no nodes available to schedule pods");
    assertThat(scheduler.nodeOf(refused)).isEmpty();

    scheduler.patchTenant("globex", "{'spec':{'nodePools':['gpu']}}");
    scheduler.awaitNode(refused, "gpu-1");
  }

  @Test
  void a_suspended_tenant_gets_no_node_until_it_is_resumed() {
    scheduler.tenant("acme");
    scheduler.tenant("globex");
    scheduler.patchTenant("acme", "{'spec':{'suspended':true}}");
    ObjectKey held = scheduler.pod("acme", TestPods.pod("a", "1"));
    String why = "tenant acme is suspended";
    scheduler.awaitTold(held, why);
    scheduler.awaitEvent("FailedScheduling", why);
    scheduler.node(TestPods.node("n1", "4", 10));
    ObjectKey other = scheduler.pod("globex", TestPods.pod("b", "1"));
    scheduler.awaitNode(other, "n1");
    assertThat(scheduler.nodeOf(held)).isEmpty();

    scheduler.patchTenant("acme", "{'spec':{'suspended':false}}");
    scheduler.awaitNode(held, "n1");
  }

  @Test
  void a_pod_that_waits_for_a_node_hears_that_its_tenant_is_suspended() {
    scheduler.tenant("acme");
    ObjectKey pod = scheduler.pod("acme", TestPods.pod("a", "1"));
    scheduler.awaitTold(pod, "no nodes available to schedule pods");
    scheduler.patchTenant("acme", "{'spec':{'suspended':true}}");
    scheduler.awaitTold(pod, "tenant acme is suspended");
    scheduler.crash();
    scheduler.node(TestPods.node("n1", "4", 10));
    ObjectKey other = scheduler.pod("globex", TestPods.pod("b", "1"));
    scheduler.awaitNode(other, "n1");
    assertThat(scheduler.nodeOf(pod)).isEmpty();
  }

  @Test
  void a_suspended_tenant_holds_those_below_it() {
    scheduler.node(TestPods.node("n1", "4", 10));
    scheduler.tenant("acme");
    scheduler.tenant("globex");
    scheduler.patchTenant("globex", "{'spec':{'parent':'acme'}}");
    scheduler.crash(() -> scheduler.patchTenant("acme", "{'spec':{'suspended':true}}"));
    ObjectKey pod = scheduler.pod("globex", TestPods.pod("b", "1"));
    scheduler.awaitTold(pod, "tenant globex is suspended");

    scheduler.patchTenant("globex", "{'spec':{'parent':null}}");
    scheduler.awaitNode(pod, "n1");
  }

  @Test
  void gates_hold_a_pod_back() {
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectNode gated = TestPods.pod("gated", "1");
    gated.withObject("/spec").putArray("schedulingGates").addObject().put("name", "wait");
    ObjectKey pod = scheduler.pod(gated);
    ObjectKey other = scheduler.pod(TestPods.pod("other", "1"));
    scheduler.awaitNode(other, "n1");
    assertThat(scheduler.nodeOf(pod)).isEmpty();
    scheduler.client.patch(
        pod,
        "",
        dev.argosy.model.client.Patch.merge(TestPods.json("{'spec':{'schedulingGates':null}}")));
    scheduler.awaitNode(pod, "n1");
  }

  @Test
  void the_greater_priority_comes_first() {
    ObjectKey low = scheduler.pod(TestPods.pod("a-low", "1"));
    ObjectNode urgent = TestPods.pod("z-high", "1");
    urgent.withObject("/spec").put("priority", 1000);
    ObjectKey high = scheduler.pod(urgent);
    scheduler.awaitTold(high, "no nodes available to schedule pods");
    scheduler.awaitTold(low, "no nodes available to schedule pods");
    scheduler.crash(() -> scheduler.node(TestPods.node("n1", "1500m", 10)));
    scheduler.awaitNode(high, "n1");
    scheduler.awaitTold(low, "0/1 nodes are available: 1 Insufficient cpu.");
  }

  @Test
  void spreads_the_pods_of_one_owner_and_honours_affinity() {
    for (String name : List.of("n1", "n2", "n3")) {
      scheduler.node(TestPods.node(name, "4", 10));
    }
    List<ObjectKey> pods =
        List.of("a", "b", "c").stream()
            .map(name -> {
              ObjectNode pod = TestPods.pod(name, "100m");
              pod.withObject("/metadata")
                  .set(
                      "ownerReferences",
                      TestPods.json(
                          "[{'apiVersion':'apps/v1','kind':'ReplicaSet','name':'r','uid':'u',"
                              + "'controller':true}]"));
              return scheduler.pod(pod);
            })
            .toList();
    scheduler.await(
        "three nodes",
        () ->
            pods.stream().map(scheduler::nodeOf).distinct().filter(n -> !n.isEmpty()).count() == 3,
        () -> pods.stream().map(scheduler::nodeOf).toList());

    ObjectNode picky = TestPods.pod("picky", "100m");
    picky
        .withObject("/spec")
        .set(
            "affinity",
            TestPods.json(
                "{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                    + "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'name',"
                    + "'operator':'NotIn','values':['n1','n3']}]}]}}}"));
    scheduler.awaitNode(scheduler.pod(picky), "n2");
    ObjectNode lost = TestPods.pod("lost", "100m");
    lost.withObject("/spec").putObject("nodeSelector").put("disk", "ssd");
    scheduler.awaitTold(
        scheduler.pod(lost),
        "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.");
  }
}
