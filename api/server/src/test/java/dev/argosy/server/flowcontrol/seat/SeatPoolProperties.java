package dev.argosy.server.flowcontrol.seat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.flowcontrol.seat.Seat.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes and goes: never more than there is, nobody forgotten, nothing lost. */
class SeatPoolProperties {

  private final AtomicLong nanos = new AtomicLong();

  /** A pool with tenants that come and go at random. */
  private final class Traffic {
    final SeatPool pool;
    final List<TenantSeats> tenants;
    final List<Seat> open = new ArrayList<>();
    final Random random;

    Traffic(int total, int tenantCount, long seed) {
      pool = new SeatPool(total, 400, nanos::get);
      random = new Random(seed);
      tenants =
          IntStream.range(0, tenantCount).mapToObj(i -> pool.tenant(1 + i % 2, false)).toList();
      tenants.forEach(tenant ->
          tenant.configure(
              List.of(
                  Levels.queuing("high", 40),
                  Levels.queuing("low", 100, 90),
                  Levels.queuing("none", 0),
                  Levels.CATCH_ALL)));
    }

    void step() {
      nanos.addAndGet(random.nextInt(5_000_000));
      if (open.isEmpty() || random.nextInt(5) < 3) {
        TenantSeats tenant = tenants.get(random.nextInt(tenants.size()));
        String level = List.of("high", "low", "none", "catch-all").get(random.nextInt(4));
        open.add(pool.enter(tenant, level, random.nextLong(), 1 + random.nextInt(10)));
      } else {
        open.remove(random.nextInt(open.size())).leave();
      }
      open.removeIf(seat -> seat.state() == State.REFUSED);
    }

    int held() {
      return open.stream().filter(s -> s.state() == State.HELD).mapToInt(Seat::width).sum();
    }

    long waiting() {
      return open.stream().filter(s -> s.state() == State.WAITING).count();
    }
  }

  @Property(tries = 150)
  void neverMoreThanThereIs(
      @ForAll @IntRange(min = 1, max = 70) int total,
      @ForAll @IntRange(min = 1, max = 8) int tenants,
      @ForAll long seed) {
    Traffic traffic = new Traffic(total, tenants, seed);
    for (int i = 0; i < 600; i++) {
      traffic.step();
      assertThat(traffic.pool.used()).isEqualTo(traffic.held()).isLessThanOrEqualTo(total);
      assertThat((long) traffic.pool.waiting()).isEqualTo(traffic.waiting());
    }
    for (TenantSeats tenant : traffic.tenants) {
      int levels = tenant.levels().stream().mapToInt(LevelState::used).sum();
      assertThat(levels).isEqualTo(tenant.used());
    }
  }

  @Property(tries = 150)
  void whoeverWaitsIsServedInTheEnd(
      @ForAll @IntRange(min = 1, max = 70) int total,
      @ForAll @IntRange(min = 1, max = 8) int tenants,
      @ForAll long seed) {
    Traffic traffic = new Traffic(total, tenants, seed);
    for (int i = 0; i < 600; i++) {
      traffic.step();
    }
    Set<Seat> waited = new HashSet<>(traffic.open);
    while (!traffic.open.isEmpty()) {
      Seat held =
          traffic.open.stream()
              .filter(seat -> seat.state() == State.HELD)
              .findFirst()
              .orElseThrow(() -> new AssertionError("nobody is served, some wait"));
      nanos.addAndGet(1_000_000);
      held.leave();
      traffic.open.remove(held);
    }
    assertThat(waited).allMatch(seat -> seat.state() == State.LEFT);
    assertThat(traffic.pool.used()).isZero();
    assertThat(traffic.pool.waiting()).isZero();
    assertThat(traffic.tenants).allMatch(TenantSeats::idle);
  }

  /** While others go on coming, the requests that wait now are served within a bounded time. */
  @Property(tries = 60)
  void nobodyStarvesWhileOthersGoOnComing(
      @ForAll @IntRange(min = 2, max = 40) int total, @ForAll long seed) {
    SeatPool pool = new SeatPool(total, 2000, nanos::get);
    Random random = new Random(seed);
    List<TenantSeats> floods = List.of(Levels.simple(pool), Levels.simple(pool));
    List<Seat> open = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      open.add(pool.enter(floods.get(i % 2), "only", random.nextInt(3), 1 + random.nextInt(10)));
    }
    Seat modest = pool.enter(floods.getFirst(), "only", 0x5EEDF00DCAFEL, 10);
    Seat other = pool.enter(Levels.simple(pool), "only", 7, 10);
    int served = 0;
    while (modest.state() == State.WAITING || other.state() == State.WAITING) {
      Seat held = open.stream().filter(s -> s.state() == State.HELD).findFirst().orElseThrow();
      nanos.addAndGet(random.nextInt(3_000_000));
      held.leave();
      open.remove(held);
      open.add(pool.enter(floods.get(served % 2), "only", random.nextInt(3), 1));
      assertThat(served++).isLessThan(2000);
    }
  }

  @Property(tries = 100)
  void handsAreOfDifferentQueues(
      @ForAll long flow,
      @ForAll @IntRange(min = 1, max = 600) int queues,
      @ForAll @IntRange(min = 1, max = 8) int size) {
    int[] hand = new int[Math.min(size, queues)];
    Hand.deal(flow, queues, hand);
    assertThat(hand).doesNotHaveDuplicates();
    assertThat(java.util.Arrays.stream(hand)).allMatch(queue -> queue >= 0 && queue < queues);
  }
}
