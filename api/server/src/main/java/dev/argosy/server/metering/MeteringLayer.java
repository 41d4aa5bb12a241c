package dev.argosy.server.metering;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.metrics.ClusterGauge;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.usage.UsageLedger;
import dev.argosy.tenancy.usage.UsageReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Metering, put together. The API server gets {@link #recorder}, {@link #mounts} and {@link
 * #gauge}; {@link #start} begins to keep what was recorded.
 */
public final class MeteringLayer implements AutoCloseable {

  /** As what turns are kept in etcd. */
  public static final GroupResource TURNS = Turns.RESOURCE;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final TurnRecorder recorder;
  private final UsagePages pages;
  private final MeteringLoop loop;
  private final LevelGauges levels;

  /**
   * What metering is built on.
   *
   * @param store of what is charged for
   * @param caches of the same
   */
  public record Basis(
      PlatformDatabase database,
      ResourceStore store,
      ResourceCaches caches,
      ClusterDirectory clusters,
      Clock clock,
      Metrics metrics) {}

  /** Not running yet. */
  public MeteringLayer(MeteringConfig config, Basis basis) {
    recorder = TurnRecorder.of(basis.clusters(), config.labels(), basis.clock());
    UsageReader reader = new UsageReader(basis.database(), PATIENCE);
    levels = new LevelGauges(reader);
    levels.addTo(basis.metrics());
    pages =
        new UsagePages(
            reader,
            new UsageAsked(basis.clusters(), config.labels()),
            config.prices(),
            basis.clock());
    loop =
        new MeteringLoop(
            new UsageLedger(basis.database()),
            new TurnQueue(basis.store()),
            new Recount(basis.caches(), recorder, config.labels()),
            new MeteringLoop.Pace(config.interval(), config.kept()),
            new MeteringLoop.Means(basis.clock(), basis.metrics()));
  }

  /** What writes are shown to. */
  public TurnRecorder recorder() {
    return recorder;
  }

  /** Where usage is asked for. */
  public List<PathMount> mounts() {
    return List.of(pages.mount());
  }

  /** What a tenant's own people see at {@code /metrics}. */
  public ClusterGauge gauge() {
    return levels.ofCluster();
  }

  /** Begins; does not wait. */
  public MeteringLayer start() {
    loop.start();
    return this;
  }

  @Override
  public void close() {
    loop.close();
  }
}
