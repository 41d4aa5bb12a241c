package dev.argosy.server.flowcontrol.seat;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant holds of the pool's seats, by priority level. Guarded by the pool's lock; only
 * whether anybody waits may be asked without.
 */
public final class TenantSeats {

  /** Who holds least for its weight is served first; among equals, who was served longer ago. */
  static final Comparator<TenantSeats> ORDER =
      Comparator.<TenantSeats>comparingDouble(tenant -> (double) tenant.used / tenant.weight)
          .thenComparingLong(tenant -> tenant.served);

  private final SeatPool pool;
  private final int weight;
  private final boolean trusted;
  private final Map<String, LevelSeats> levels = new LinkedHashMap<>();
  private int used;
  private volatile int waiting;
  private int committed;
  private long served;
  private long pass;

  TenantSeats(SeatPool pool, int weight, boolean trusted, long turn) {
    this.pool = pool;
    this.weight = weight;
    this.trusted = trusted;
    this.served = turn;
  }

  /**
   * Has these levels from now on. What is under way in others goes on; who waits there is still
   * served.
   */
  public void configure(List<LevelSpec> specs) {
    pool.locked(() -> {
      long sum = Math.max(1, specs.stream().mapToLong(LevelSpec::shares).sum());
      Set<String> names = specs.stream().map(LevelSpec::name).collect(Collectors.toSet());
      levels.entrySet().removeIf(e -> !names.contains(e.getKey()) && e.getValue().idle());
      for (LevelSpec spec : specs) {
        levels
            .computeIfAbsent(spec.name(), name -> new LevelSeats(this, spec))
            .configure(spec, limit(), sum);
      }
      committed = levels.values().stream().mapToInt(LevelSeats::committed).sum();
    });
  }

  /** Its levels at this moment. */
  public List<LevelState> levels() {
    return pool.answer(() -> levels.values().stream().map(LevelSeats::state).toList());
  }

  /** Whether nothing of it is under way and nobody waits. */
  public boolean idle() {
    return pool.answer(() -> used == 0 && waiting == 0);
  }

  LevelSeats level(String name) {
    LevelSeats level = levels.get(name);
    if (level == null) { // it is gone since the request was classified
      level = levels.get(LevelSpec.LAST_RESORT);
    }
    return Objects.requireNonNull(level, "no levels are configured");
  }

  /** What it may have at the most, while nobody else needs anything. */
  int limit() {
    return pool.alone(weight);
  }

  int weight() {
    return weight;
  }

  /** Whether its exempt requests go before everything and count for nothing. */
  boolean trusted() {
    return trusted;
  }

  int used() {
    return used;
  }

  int committed() {
    return committed;
  }

  long pass() {
    return pass;
  }

  boolean waits() {
    return waiting > 0;
  }

  void adjust(LevelSeats level, int seats) {
    committed -= level.committed();
    used += seats;
    level.adjust(seats);
    committed += level.committed();
  }

  void wait(int more) {
    waiting += more;
  }

  int waiting() {
    return waiting;
  }

  void served(LevelSeats level, long turn) {
    served = turn;
    pass = Math.max(pass, level.pass());
  }

  /** The level whose turn it is, of those with somebody to serve within their own limits. */
  @Nullable LevelSeats next() {
    LevelSeats best = null;
    for (LevelSeats level : levels.values()) {
      if (level.waiting() > 0
          && level.fits(level.head().width())
          && (best == null || level.before(best))) {
        best = level;
      }
    }
    return best;
  }
}
