package dev.argosy.store.memory;

import dev.argosy.store.spi.LifetimeContract;
import dev.argosy.store.spi.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class MemoryLifetimeTest extends LifetimeContract {

  private static final class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final HandClock clock = new HandClock();
  private final MemoryStore store = new MemoryStore(clock);

  @Override
  protected ResourceStore store() {
    return store;
  }

  @Override
  protected void compact(long revision) {
    store.compact(revision);
  }

  @Override
  protected void pass(Duration time) {
    clock.now = clock.now.plus(time);
    store.currentRevision();
  }
}
