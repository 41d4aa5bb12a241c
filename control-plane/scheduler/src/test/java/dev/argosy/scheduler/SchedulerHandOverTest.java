package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.leader.LeaseTiming;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a scheduler decides that does not know yet that it is no longer the leader. */
class SchedulerHandOverTest {

  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
  private static final ObjectKey TERM =
      new ObjectKey(LEASES, "root", "kube-system", "argosy-scheduler-term");

  /** It does not look for hours whether it still leads. */
  private static final LeaseTiming LONG =
      new LeaseTiming(Duration.ofHours(3), Duration.ofHours(2), Duration.ofHours(1));

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeApi api = new FakeApi(timers.clock(), "root", "acme");
  private final ApiClient client = api.client();
  private final SchedulerService first = service("first");
  private final SchedulerService second = service("second");

  private SchedulerService service(String identity) {
    return new SchedulerService(api, new SchedulerConfig(identity, LONG), timers);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private void await(BooleanSupplier condition) {
    assertThat(api.await(condition, () -> timers.advance(Duration.ofMillis(50)))).isTrue();
  }

  private String nodeOf(ObjectKey pod) {
    return client.get(pod).orThrow().tree().at("/spec/nodeName").asString("");
  }

  private ObjectKey pod(String name) {
    return client
        .create(
            ResourceScope.namespace(TestScheduler.PODS, "acme", "default"), TestPods.pod(name, "1"))
        .orThrow()
        .key();
  }

  /** As the next leader does in the moment when its term begins. */
  private void anotherTermBegins() {
    client
        .patch(TERM, "", Patch.merge(TestPods.json("{'spec':{'holderIdentity':'third'}}")))
        .orThrow();
  }

  @Test
  void is_not_kept_and_decided_again_by_the_next_one() {
    client
        .create(ResourceScope.cluster(TestScheduler.NODES, "root"), TestPods.node("n1", "2", 10))
        .orThrow();
    first.start();
    ObjectKey early = pod("early");
    assertThat(api.await(() -> nodeOf(early).equals("n1"))).isTrue();

    anotherTermBegins();
    AtomicInteger tries = new AtomicInteger();
    api.setFault((verb, resource, name) -> {
      if (verb.equals("binding") && name.equals("late")) {
        tries.incrementAndGet();
      }
      return Optional.empty();
    });
    ObjectKey late = pod("late");
    await(() -> tries.get() == 2);
    assertThat(nodeOf(late)).isEmpty();
    assertThat(first.leading()).isTrue();

    first.close();
    second.start();
    await(() -> nodeOf(late).equals("n1"));
  }

  @Test
  void the_leader_goes_on_with_another_configuration_when_it_is_given_one() {
    client
        .create(ResourceScope.cluster(TestScheduler.NODES, "root"), TestPods.node("n1", "2", 10))
        .orThrow();
    first.start();
    ObjectNode named = TestPods.pod("named", "1");
    named.withObject("/spec").put("schedulerName", "mine");
    ObjectKey pod =
        client
            .create(ResourceScope.namespace(TestScheduler.PODS, "acme", "default"), named)
            .orThrow()
            .key();
    ObjectKey usual = pod("usual");
    await(() -> nodeOf(usual).equals("n1"));
    assertThat(nodeOf(pod)).isEmpty();
    first.configure(
        ConfigurationFile.read(
            TestPods.json(
                "{'apiVersion':'kubescheduler.config.k8s.io/v1',"
                    + "'kind':'KubeSchedulerConfiguration','profiles':[{'schedulerName':'mine'}]}")));
    await(() -> nodeOf(pod).equals("n1"));
    assertThat(first.leading()).isTrue();
  }
}
