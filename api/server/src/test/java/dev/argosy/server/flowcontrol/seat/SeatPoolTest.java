package dev.argosy.server.flowcontrol.seat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.flowcontrol.seat.Seat.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets a seat, who waits, who is refused. */
class SeatPoolTest {

  private static final long LONG = Duration.ofSeconds(20).toNanos();

  private final AtomicLong nanos = new AtomicLong();
  private final SeatPool pool = new SeatPool(40, 1000, nanos::get);

  private List<Seat> enter(TenantSeats tenant, String level, long flow, int count) {
    return IntStream.range(0, count).mapToObj(i -> pool.enter(tenant, level, flow, 1)).toList();
  }

  private static long held(List<Seat> seats) {
    return seats.stream().filter(seat -> seat.state() == State.HELD).count();
  }

  @Test
  void whoComesSecondFindsSeats() {
    List<Seat> flood = enter(Levels.simple(pool), "only", 1, 500);
    assertThat(held(flood)).isEqualTo(30);

    TenantSeats quiet = Levels.simple(pool);
    assertThat(held(enter(quiet, "only", 1, 6))).isEqualTo(6);
  }

  @Test
  void whoWantsMoreThanItGetsGivesWayToWhoDoesNot() {
    TenantSeats loud = Levels.simple(pool);
    TenantSeats quiet = Levels.simple(pool);
    enter(loud, "only", 1, 30);
    enter(quiet, "only", 1, 1);
    assertThat(pool.givesWay(loud)).as("it gets what it wants, too").isFalse();

    List<Seat> flood = enter(loud, "only", 1, 20);
    assertThat(held(flood)).isZero();
    assertThat(pool.givesWay(loud)).isTrue();
    assertThat(pool.givesWay(quiet)).isFalse();

    nanos.addAndGet(SeatPool.RECENT);
    assertThat(pool.givesWay(loud)).as("nobody else has asked for some time").isFalse();
    enter(quiet, "only", 1, 1);
    assertThat(pool.givesWay(loud)).isTrue();
  }

  @Test
  void tenantsThatFloodDoNotGiveWayToEachOther() {
    List<TenantSeats> tenants = List.of(Levels.simple(pool), Levels.simple(pool));
    tenants.forEach(tenant -> enter(tenant, "only", 1, 60));
    nanos.addAndGet(SeatPool.RECENT);
    tenants.forEach(tenant -> enter(tenant, "only", 1, 5));
    assertThat(tenants).noneMatch(pool::givesWay);
  }

  @Test
  void tenantsThatFloodHoldTheSame() {
    List<TenantSeats> tenants = IntStream.range(0, 5).mapToObj(i -> Levels.simple(pool)).toList();
    List<Seat> all = new ArrayList<>();
    tenants.forEach(tenant -> all.addAll(enter(tenant, "only", 1, 150)));
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      List<Seat> held = all.stream().filter(seat -> seat.state() == State.HELD).toList();
      held.get(random.nextInt(held.size())).leave();
    }
    int[] used = tenants.stream().mapToInt(TenantSeats::used).sorted().toArray();
    assertThat(used[4] - used[0]).isLessThanOrEqualTo(1);
    assertThat(pool.used()).isBetween(35, 40);
  }

  @Test
  void aWideOneIsNotOvertakenForEver() {
    SeatPool small = new SeatPool(8, 1000, nanos::get);
    List<Seat> narrow = new ArrayList<>();
    List<TenantSeats> others = List.of(Levels.simple(small), Levels.simple(small));
    for (int i = 0; i < 100; i++) {
      narrow.add(small.enter(others.get(i % 2), "only", 1, 1));
    }
    Seat wide = small.enter(Levels.simple(small), "only", 1, 3);
    assertThat(wide.state()).isEqualTo(State.WAITING);
    for (int i = 0; i < 3; i++) {
      narrow.stream().filter(seat -> seat.state() == State.HELD).findFirst().orElseThrow().leave();
    }
    assertThat(wide.state()).isEqualTo(State.HELD);
  }

  @Test
  void levelsHaveTheirShares() {
    TenantSeats tenant = pool.tenant(1, false);
    tenant.configure(List.of(Levels.queuing("a", 20, 0), Levels.queuing("b", 10, 0)));
    List<Seat> a = enter(tenant, "a", 1, 100);
    List<Seat> b = enter(tenant, "b", 1, 100);
    assertThat(held(a)).isEqualTo(20);
    assertThat(held(b)).isEqualTo(10);
  }

  @Test
  void levelsLendAndTakeBack() {
    TenantSeats tenant = pool.tenant(1, false);
    tenant.configure(List.of(Levels.queuing("a", 20, 50), Levels.queuing("b", 10, 50)));
    List<Seat> b = enter(tenant, "b", 1, 100);
    assertThat(held(b)).isEqualTo(20); // 10, and half of the 20 of a
    List<Seat> a = enter(tenant, "a", 1, 100);
    assertThat(held(a)).isEqualTo(10);
    for (int i = 0; i < 10; i++) {
      b.stream().filter(seat -> seat.state() == State.HELD).findFirst().orElseThrow().leave();
    }
    assertThat(held(a)).isEqualTo(20);
    assertThat(held(b)).isEqualTo(10);
  }

  @Test
  void borrowingHasItsLimit() {
    TenantSeats tenant = pool.tenant(1, false);
    LevelSpec limited = new LevelSpec("b", false, 10, 0, 20, Optional.empty());
    tenant.configure(List.of(Levels.queuing("a", 20, 50), limited));
    assertThat(held(enter(tenant, "b", 1, 100))).isEqualTo(12);
  }

  @Test
  void exemptOnesGoFirstInTheirTenant() {
    TenantSeats tenant = pool.tenant(1, false);
    LevelSpec exempt =
        new LevelSpec("exempt", true, 0, 0, -1, Optional.of(new LevelSpec.Queuing(1, 1, 1000)));
    tenant.configure(List.of(Levels.queuing("a", 20), exempt));
    List<Seat> a = enter(tenant, "a", 1, 100);
    List<Seat> first = enter(tenant, "exempt", 1, 5);
    assertThat(held(first)).isZero();
    a.stream().limit(5).forEach(Seat::leave);
    assertThat(held(first)).isEqualTo(5);
  }

  @Test
  void thePlatformsExemptOnesAlwaysPass() {
    enter(Levels.simple(pool), "only", 1, 100);
    TenantSeats root = pool.tenant(1, true);
    root.configure(List.of(Levels.EXEMPT, Levels.CATCH_ALL));
    List<Seat> seats = enter(root, "exempt", 1, 100);
    assertThat(held(seats)).isEqualTo(100);
    seats.forEach(Seat::leave);
    assertThat(pool.used()).isEqualTo(30);
  }

  @Test
  void whoIsRefusedAmongManyIsToldToStayAwayForLonger() {
    TenantSeats tenant = pool.tenant(1, false);
    tenant.configure(List.of(Levels.CATCH_ALL));
    List<Seat> seats = enter(tenant, "catch-all", 1, 40);
    assertThat(seats.getLast().retryAfter()).isEqualTo(1);
    nanos.addAndGet(1_000_000_000);
    Seat next = pool.enter(tenant, "catch-all", 1, 1);
    assertThat(next.state()).isEqualTo(State.REFUSED);
    assertThat(next.retryAfter()).isEqualTo(2);
  }

  @Test
  void refusesWhatMayNotWait() {
    TenantSeats tenant = pool.tenant(1, false);
    tenant.configure(List.of(Levels.CATCH_ALL));
    List<Seat> seats = enter(tenant, "catch-all", 1, 31);
    assertThat(held(seats)).isEqualTo(30);
    assertThat(seats.getLast().state()).isEqualTo(State.REFUSED);
    assertThat(tenant.levels().getFirst().refused()).isEqualTo(1);
    assertThat(pool.waiting()).isZero();
  }

  @Test
  void oneTenantDoesNotFillTheRoomWhereOthersWait() {
    SeatPool narrow = new SeatPool(4, 100, nanos::get);
    TenantSeats flood = Levels.simple(narrow);
    for (int i = 0; i < 500; i++) {
      narrow.enter(flood, "only", i * 0x9E3779B97F4A7C15L, 1);
    }
    assertThat(narrow.waiting()).isEqualTo(50);
  }

  @Test
  void whoStopsWaitingFreesItsPlace() {
    TenantSeats tenant = Levels.simple(pool);
    List<Seat> seats = enter(tenant, "only", 1, 40);
    assertThat(seats.getLast().await(0)).isFalse();
    assertThat(pool.waiting()).isEqualTo(9);
    assertThat(tenant.levels().getFirst().timedOut()).isEqualTo(1);
    seats.forEach(Seat::leave);
    assertThat(pool.used()).isZero();
    assertThat(pool.waiting()).isZero();
    assertThat(tenant.idle()).isTrue();
  }

  @Test
  void aWaitingThreadIsWoken() {
    TenantSeats tenant = Levels.simple(pool);
    List<Seat> seats = enter(tenant, "only", 1, 31);
    CompletableFuture<Boolean> got = new CompletableFuture<>();
    Thread waiter = Thread.ofVirtual().start(() -> got.complete(seats.getLast().await(LONG)));
    seats.getFirst().leave();
    assertThat(got.join()).isTrue();
    assertThat(waiter.isInterrupted()).isFalse();
  }

  @Test
  void anInterruptedThreadStopsWaiting() {
    TenantSeats tenant = Levels.simple(pool);
    List<Seat> seats = enter(tenant, "only", 1, 31);
    CompletableFuture<Boolean> got = new CompletableFuture<>();
    Thread waiter = Thread.ofVirtual().start(() -> got.complete(seats.getLast().await(LONG)));
    waiter.interrupt();
    assertThat(got.join()).isFalse();
    assertThat(pool.waiting()).isZero();
  }

  @Test
  void newLevelsTakeOverAndOldOnesDrain() {
    TenantSeats tenant = Levels.simple(pool);
    List<Seat> before = enter(tenant, "only", 1, 40);
    tenant.configure(List.of(Levels.queuing("other", 10), Levels.CATCH_ALL));
    before.stream().limit(30).forEach(Seat::leave);
    assertThat(held(before)).isEqualTo(10);
    before.forEach(Seat::leave);
    tenant.configure(List.of(Levels.queuing("other", 10), Levels.CATCH_ALL));
    assertThat(tenant.levels()).hasSize(2);
    assertThat(pool.enter(tenant, "only", 1, 1).state()).isEqualTo(State.HELD);
  }

  @Test
  void aFlowThatUsesMuchComesAfterOneThatUsesLittle() {
    SeatPool one = new SeatPool(1, 1000, nanos::get);
    TenantSeats tenant = Levels.simple(one);
    List<Seat> greedy = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      greedy.add(one.enter(tenant, "only", 0x1234567887654321L, 1));
    }
    List<Seat> modest = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      modest.add(one.enter(tenant, "only", 0x7C0FFEE5EEDF00DL, 1));
    }
    for (int served = 0; served < 24; served++) {
      Seat current =
          java.util.stream.Stream.concat(greedy.stream(), modest.stream())
              .filter(seat -> seat.state() == State.HELD)
              .findFirst()
              .orElseThrow();
      nanos.addAndGet(greedy.contains(current) ? 50_000_000 : 1_000_000);
      current.leave();
    }
    assertThat(modest).allMatch(seat -> seat.state() == State.LEFT);
  }
}
