package dev.argosy.model.leader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {

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
        LeaseTiming.DEFAULT,
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
}
