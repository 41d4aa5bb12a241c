package dev.argosy.server.recording;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.list.Collection;
import dev.argosy.server.stream.SessionRecorder;
import dev.argosy.server.tenant.TenantKeys;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.seal.SealedException;
import dev.argosy.store.seal.Vault;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.recording.RecordingLog;
import dev.argosy.tenancy.recording.RecordingSearch;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recordings, put together. Close it after the API server, before the database. */
public final class RecordingLayer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingLayer.class);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final Basis basis;
  private final RecordingLog log;
  private final RecordingSearch search;
  private final Recordings recordings;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * What it is built on.
   *
   * @param vault seals what was on the screen
   * @param kept how long recordings of a cluster are kept
   */
  public record Basis(
      PlatformDatabase database,
      ResourceCaches caches,
      Vault vault,
      Function<String, Duration> kept,
      Clock clock) {}

  public RecordingLayer(RecordingConfig config, Basis basis) {
    this.basis = basis;
    this.log = new RecordingLog(basis.database);
    this.search = new RecordingSearch(basis.database);
    this.recordings =
        new Recordings(new RecordingRules(config, basis.caches), log, basis.vault, basis.clock);
  }

  /** Records sessions. */
  public SessionRecorder recorder() {
    return recordings;
  }

  /** The kinds that are kept here. */
  public Map<GroupResource, Collection> collections() {
    return Map.of(ExecRecordings.RESOURCE, new ExecRecordings(search));
  }

  /** Where recordings are replayed. */
  public PathMount mount(Authorizer authorizer) {
    return new Replay(search, basis.vault, authorizer).mount();
  }

  /** Begins to forget what was kept long enough. */
  public RecordingLayer start() {
    Thread.ofVirtual().name("recordings-upkeep").start(this::run);
    return this;
  }

  private void run() {
    try {
      do {
        forget();
      } while (!closed.await(FORGET_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes what was kept long enough. */
  void forget() {
    try {
      log.forget(cluster -> basis.clock.instant().minus(basis.kept.apply(cluster)));
    } catch (RuntimeException e) {
      LOG.warn("old recordings cannot be removed now: {}", e.getMessage());
    }
  }

  /** The data keys that are needed to read recordings, and those that others need. */
  public Vault.Needs needs(Vault.Needs others) {
    return cluster -> {
      Set<Long> all = new HashSet<>(others.keysOf(cluster));
      try {
        all.addAll(log.keys(cluster));
      } catch (PersistenceException e) {
        throw new SealedException("recordings cannot tell now which data keys they need");
      }
      return all;
    };
  }

  /** With the keys of a tenant go its recordings. */
  public TenantKeys erasing(TenantKeys keys) {
    return new TenantKeys() {
      @Override
      public void discardUnreadable(String tenant) {
        keys.discardUnreadable(tenant);
      }

      @Override
      public void destroy(String tenant) {
        keys.destroy(tenant);
        log.erase(tenant);
      }
    };
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
