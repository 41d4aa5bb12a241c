package dev.argosy.server.flowcontrol.seat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A priority level of one tenant: what it holds, and who waits. Guarded by the pool's lock. */
final class LevelSeats {

  /** Serves levels in proportion to their nominal seats; the larger, the finer. */
  private static final long STRIDE = 1 << 20;

  private static final int PERCENT = 100;

  private final TenantSeats tenant;
  private final Map<Integer, FlowQueue> queues = new HashMap<>();
  private final TreeSet<FlowQueue> backlog = new TreeSet<>(FlowQueue.ORDER);
  private LevelSpec spec;
  private LevelLimits limits = new LevelLimits(0, 0, 0);
  private int used;
  private int waiting;
  private long pass;
  private long virtualNow;
  private long turns;
  private long dispatched;
  private long refused;
  private long timedOut;
  private @Nullable Refusals refusals;

  LevelSeats(TenantSeats tenant, LevelSpec spec) {
    this.tenant = tenant;
    this.spec = spec;
  }

  void configure(LevelSpec now, int limit, long sum) {
    spec = now;
    int nominal = now.shares() == 0 ? 0 : (int) ((limit * (long) now.shares() + sum - 1) / sum);
    int lendable = (nominal * now.lendablePercent() + PERCENT / 2) / PERCENT;
    long borrowed = nominal * (long) now.borrowingPercent() / PERCENT;
    int most =
        now.borrowingPercent() == LevelSpec.UNLIMITED
            ? limit
            : (int) Math.min(limit, nominal + borrowed);
    limits = new LevelLimits(nominal, nominal - lendable, Math.max(nominal, most));
  }

  LevelSpec spec() {
    return spec;
  }

  LevelLimits limits() {
    return limits;
  }

  int used() {
    return used;
  }

  int waiting() {
    return waiting;
  }

  TenantSeats tenant() {
    return tenant;
  }

  boolean idle() {
    return used == 0 && waiting == 0;
  }

  /** How wide a request may be: two of them shall fit beside each other in the tenant. */
  int widest() {
    return Math.max(1, tenant.limit() / 2);
  }

  /** What nobody else may have now: its own part, or more while it uses more. */
  int committed() {
    return Math.max(used, limits.kept());
  }

  /** Whether the level's own limits allow so many seats more. */
  boolean fits(int width) {
    if (spec.exempt() || entitled(width) || tenant.used() == 0) {
      return true;
    }
    return used + width <= limits.most()
        && tenant.committed() - committed() + used + width <= tenant.limit();
  }

  private boolean entitled(int width) {
    return used + width <= limits.nominal() || used == 0 && limits.nominal() > 0;
  }

  void adjust(int seats) {
    used += seats;
  }

  /**
   * Puts a request into the shortest queue of its flow's hand.
   *
   * @return how many requests wait there now
   */
  int enqueue(Seat seat, long flow) {
    FlowQueue queue = choose(flow);
    backlog.remove(queue);
    queue.add(seat);
    seat.queued(queue, virtualNow);
    list(queue);
    if (waiting++ == 0) {
      pass = Math.max(pass, tenant.pass());
    }
    return queue.length();
  }

  private FlowQueue choose(long flow) {
    int best = 0;
    if (spec.queuing().isPresent()) {
      LevelSpec.Queuing queuing = spec.queuing().get();
      int[] hand = new int[queuing.handSize()];
      Hand.deal(flow, queuing.queues(), hand);
      best = hand[0];
      int least = Integer.MAX_VALUE;
      for (int index : hand) {
        FlowQueue queue = queues.get(index);
        int load = queue == null ? 0 : queue.load();
        if (load < least) {
          least = load;
          best = index;
        }
      }
    }
    return queues.computeIfAbsent(best, index -> new FlowQueue(index, virtualNow, turns++));
  }

  /** How many requests one queue may hold; more are refused. */
  int lengthLimit() {
    return spec.queuing().map(LevelSpec.Queuing::lengthLimit).orElse(0);
  }

  /** The request that is next; there is one. */
  Seat head() {
    return backlog.getFirst().head();
  }

  /** Takes the head out for service. */
  Seat serve() {
    FlowQueue queue = backlog.pollFirst();
    Seat seat = queue.head();
    virtualNow = Math.max(virtualNow, queue.serve(turns++));
    list(queue);
    waiting--;
    pass += seat.width() * STRIDE / Math.max(1, limits.nominal());
    return seat;
  }

  /** Someone stops waiting. */
  void remove(Seat seat) {
    FlowQueue queue = seat.queue;
    if (queue != null) {
      backlog.remove(queue);
      waiting -= queue.remove(seat) ? 1 : 0;
      list(queue);
    }
  }

  /** A request that had waited has ended. */
  void ended(Seat seat, FlowQueue queue, long now) {
    backlog.remove(queue);
    queue.ended(seat.width(), now - seat.since());
    list(queue);
  }

  private void list(FlowQueue queue) {
    queue.retag();
    if (queue.length() > 0) {
      backlog.add(queue);
    } else if (queue.idle()) {
      queues.remove(queue.index);
    }
  }

  /** Whether its turn comes before another level's; who borrows comes last. */
  boolean before(LevelSeats other) {
    int mine = rank();
    int its = other.rank();
    return mine == its ? pass < other.pass : mine < its;
  }

  private int rank() {
    return spec.exempt() ? 0 : entitled(head().width()) ? 1 : 2;
  }

  long pass() {
    return pass;
  }

  void countDispatched() {
    dispatched++;
  }

  /** Counts a refusal; answers for how many seconds that client shall stay away. */
  int countRefused(long nanos) {
    refused++;
    return stayAway(nanos);
  }

  /** The same for one that has waited in vain. */
  int countTimedOut(long nanos) {
    timedOut++;
    return stayAway(nanos);
  }

  private int stayAway(long nanos) {
    Refusals known = refusals;
    if (known == null) {
      known = new Refusals(nanos);
      refusals = known;
    }
    return known.next(nanos);
  }

  LevelState state() {
    return new LevelState(spec, limits, used, waiting, dispatched, refused, timedOut);
  }
}
