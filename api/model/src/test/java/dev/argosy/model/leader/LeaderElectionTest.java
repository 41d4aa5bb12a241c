package dev.argosy.model.leader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LeaderElectionTest {

  private static final LeaseTiming TIMING =
      new LeaseTiming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeApi api = new FakeApi(timers.clock(), "root");
  private final AtomicInteger terms = new AtomicInteger();
  private final Semaphore ended = new Semaphore(0);
  private final LeaderElection first = election("first");
  private final LeaderElection second = election("second");

  private LeaderElection election(String identity) {
    return new LeaderElection(
        api.client(),
        "loops",
        identity,
        TIMING,
        timers,
        () -> {
          terms.incrementAndGet();
          return ended::release;
        });
  }

  @Test
  void one_leads_at_a_time_and_the_other_follows_after_the_lease() {
    first.attempt();
    second.attempt();
    assertThat(first.leading()).isTrue();
    assertThat(second.leading()).isFalse();

    timers.advance(Duration.ofSeconds(8));
    first.attempt();
    second.attempt();
    timers.advance(Duration.ofSeconds(14));
    second.attempt();
    assertThat(second.leading()).isFalse();
    timers.advance(Duration.ofSeconds(1));
    second.attempt();
    assertThat(second.leading()).isTrue();
    first.attempt();
    assertThat(first.leading()).isFalse();
  }

  @Test
  void a_leader_that_cannot_renew_stops_before_its_lease_is_over() throws Exception {
    first.attempt();
    api.setFault(
        (verb, resource, name) -> Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "down")));
    timers.advance(Duration.ofSeconds(9));
    first.attempt();
    assertThat(first.leading()).isTrue();
    timers.advance(Duration.ofSeconds(1));
    assertThat(ended.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(first.leading()).isFalse();
    api.setFault(Fault.NONE);
    first.attempt();
    assertThat(terms.get()).isEqualTo(2);
  }

  @Test
  void closing_gives_the_lease_back_at_once() {
    first.attempt();
    first.close();
    assertThat(ended.availablePermits()).isEqualTo(1);
    second.attempt();
    assertThat(second.leading()).isTrue();
  }

  @Test
  void by_default_another_leads_within_ten_seconds_of_a_leaders_death() {
    LeaseTiming timing = LeaseTiming.DEFAULT;
    assertThat(timing.lease().plus(timing.retry())).isLessThanOrEqualTo(Duration.ofSeconds(8));
    assertThat(timing.renewal().plus(timing.retry())).isLessThan(timing.lease());
  }

  @Test
  void whoever_waits_looks_again_when_the_lease_is_over() {
    first.attempt();
    assertThat(second.attempt()).isEqualTo(TIMING.retry());
    timers.advance(Duration.ofMillis(13_900));
    assertThat(second.attempt()).isEqualTo(Duration.ofMillis(1_101));
  }

  @Test
  void a_lease_counts_from_before_its_write_was_sent() {
    slow("update", Duration.ofSeconds(9));
    first.attempt();
    first.attempt();
    api.setFault(Fault.NONE);
    timers.advance(Duration.ofMillis(1_100));
    assertThat(first.leading()).isFalse();
  }

  @Test
  void an_answer_that_comes_after_the_lease_is_over_begins_no_term() {
    slow("create", Duration.ofSeconds(6));
    first.attempt();
    assertThat(terms.get()).isZero();
    api.setFault(Fault.NONE);
    first.attempt();
    assertThat(first.leading()).isTrue();
  }

  @Test
  void what_was_seen_late_is_waited_for_from_then_on() {
    first.attempt();
    slow("get", Duration.ofSeconds(7));
    second.attempt();
    api.setFault(Fault.NONE);
    timers.advance(Duration.ofSeconds(14));
    second.attempt();
    assertThat(second.leading()).isFalse();
  }

  @Test
  void a_term_that_cannot_begin_lets_another_try() {
    AtomicInteger tries = new AtomicInteger();
    LeaderElection broken =
        new LeaderElection(
            api.client(),
            "loops",
            "broken",
            TIMING,
            timers,
            fence -> {
              tries.incrementAndGet();
              throw new IllegalStateException("no");
            });
    broken.attempt();
    assertThat(broken.leading()).isFalse();
    second.attempt();
    assertThat(tries.get()).isEqualTo(1);
    assertThat(second.leading()).isTrue();
  }

  @Test
  void what_an_older_term_writes_is_refused_when_the_next_has_begun() {
    List<Fence> fences = new ArrayList<>();
    for (String identity : List.of("third", "fourth")) {
      LeaderElection one =
          new LeaderElection(
              api.client(), "loops", identity, TIMING, timers, fence -> begun(fences, fence));
      timers.advance(TIMING.lease());
      one.attempt();
      timers.advance(TIMING.lease());
      one.attempt();
    }
    assertThat(write(fences.getFirst()).refusedFor(Reason.CONFLICT)).isTrue();
    assertThat(write(fences.getLast())).isInstanceOf(ApiResult.Ok.class);
  }

  private LeaderElection.Term begun(List<Fence> fences, Fence fence) {
    fences.add(fence);
    return ended::release;
  }

  private ApiResult<ApiObject> write(Fence fence) {
    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap").putObject("metadata").put("name", "done");
    GroupResource maps = new GroupResource("", "configmaps");
    return api.behind(fence)
        .as(UserInfo.system("test"))
        .create(ResourceScope.namespace(maps, "root", "default"), map);
  }

  @Test
  void a_term_whose_fence_somebody_tore_down_begins_anew() {
    first.attempt();
    api.client().delete(term(), DeleteOptions.DEFAULT).orThrow();
    first.attempt();
    assertThat(ended.availablePermits()).isEqualTo(1);
    assertThat(first.leading()).isTrue();
    assertThat(terms.get()).isEqualTo(2);
  }

  private static ObjectKey term() {
    return new ObjectKey(
        new GroupResource("coordination.k8s.io", "leases"), "root", "kube-system", "loops-term");
  }

  /** Lets time pass while a request is served: what it did is done, its answer comes later. */
  private void slow(String slowVerb, Duration time) {
    api.setFault(
        new Fault() {
          @Override
          public Optional<Status> refuse(String verb, GroupResource resource, String name) {
            return Optional.empty();
          }

          @Override
          public Optional<Status> lose(String verb, GroupResource resource, String name) {
            if (verb.equals(slowVerb)) {
              timers.advance(time);
            }
            return Optional.empty();
          }
        });
  }
}
