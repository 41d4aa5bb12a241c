package dev.argosy.server.flowcontrol.seat;

import java.util.List;
import java.util.Optional;

/** Priority levels as tests need them. */
final class Levels {

  static final LevelSpec CATCH_ALL =
      new LevelSpec("catch-all", false, 5, 0, LevelSpec.UNLIMITED, Optional.empty());
  static final LevelSpec EXEMPT =
      new LevelSpec("exempt", true, 0, 0, LevelSpec.UNLIMITED, Optional.empty());

  private Levels() {}

  /** A level that queues, and lends half of its seats. */
  static LevelSpec queuing(String name, int shares) {
    return queuing(name, shares, 50);
  }

  static LevelSpec queuing(String name, int shares, int lendable) {
    return new LevelSpec(
        name,
        false,
        shares,
        lendable,
        LevelSpec.UNLIMITED,
        Optional.of(new LevelSpec.Queuing(64, 6, 1000)));
  }

  /** A tenant with one level that may take everything. */
  static TenantSeats simple(SeatPool pool) {
    TenantSeats tenant = pool.tenant(1, false);
    tenant.configure(List.of(queuing("only", 100)));
    return tenant;
  }
}
