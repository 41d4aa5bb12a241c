package dev.argosy.server.metering;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.metering.budget.BudgetStops;
import dev.argosy.server.metering.budget.Budgets;
import dev.argosy.server.metrics.ClusterGauge;
import dev.argosy.server.use.UseKeeper;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.usage.QuotaSamples;
import dev.argosy.tenancy.usage.UsageLedger;
import dev.argosy.tenancy.usage.UsageReader;
import dev.argosy.tenancy.usage.UsedLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Metering, put together. The API server gets {@link #recorder}, {@link #admission}, {@link
 * #mounts} and {@link #gauge}; {@link #start} begins to keep what was recorded.
 */
public final class MeteringLayer {

  /** As what turns are kept in etcd. */
  public static final GroupResource TURNS = Turns.RESOURCE;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Budgets are looked at in every so many passes. */
  private static final int PASSES = 4;

  private final MeteringConfig config;
  private final Basis basis;
  private final TurnRecorder recorder;
  private final UsageReader reader;
  private final LevelGauges levels;
  private final UsedRecorder kept;
  private final QuotaSamples quotas;

  /**
   * What metering is built on.
   *
   * @param store of what is charged for
   * @param caches of all resources
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
    this.config = config;
    this.basis = basis;
    recorder = TurnRecorder.of(basis.clusters(), config.labels(), basis.clock());
    reader = new UsageReader(basis.database(), PATIENCE);
    levels = new LevelGauges(reader);
    levels.addTo(basis.metrics());
    UsedLedger used = new UsedLedger(basis.database(), PATIENCE);
    quotas = new QuotaSamples(basis.database(), PATIENCE);
    kept = new UsedRecorder(used, recorder, config, basis.clock());
    new ReporterGauges(used, basis.caches(), basis.clock()).addTo(basis.metrics());
  }

  /** What writes are shown to. */
  public TurnRecorder recorder() {
    return recorder;
  }

  /** What keeps what is used. */
  public UseKeeper keeper() {
    return kept;
  }

  /** What refuses writes where a budget is spent. */
  public AdmissionStep admission() {
    return new BudgetStops(basis.caches(), basis.clock());
  }

  /** Where usage is asked for, and what was used of quotas. */
  public List<PathMount> mounts() {
    UsageAsked asked = new UsageAsked(basis.clusters(), config.labels());
    return List.of(
        new UsagePages(reader, asked, config.prices(), basis.clock()).mount(),
        new QuotaPages(quotas, basis.clusters(), basis.clock()).mount());
  }

  /** What a tenant's own people see at {@code /metrics}. */
  public ClusterGauge gauge() {
    return levels.ofCluster();
  }

  /**
   * Begins; does not wait.
   *
   * @return what ends it
   */
  public AutoCloseable start(ApiClients clients) {
    Optional<Budgets> budgets = budgets(clients.as(UserInfo.system("controller:budgets")));
    QuotaSampler sampler = new QuotaSampler(basis.caches(), basis.clusters(), quotas);
    MeteringLoop loop =
        new MeteringLoop(
            new UsageLedger(basis.database()),
            new TurnQueue(basis.store()),
            new Recount(basis.caches(), recorder, config.labels()),
            new MeteringLoop.Pace(config.interval(), config.kept()),
            new MeteringLoop.Means(
                basis.clock(),
                basis.metrics(),
                now -> {
                  sampler.look(now);
                  budgets.ifPresent(all -> all.look(now));
                }));
    loop.start();
    return () -> {
      loop.close();
      budgets.ifPresent(Budgets::close);
    };
  }

  /** Without prices nothing costs anything, and no budget is ever spent. */
  private Optional<Budgets> budgets(ApiClient client) {
    return config
        .prices()
        .map(prices ->
            new Budgets(
                basis.caches(),
                reader,
                prices,
                new Budgets.Telling(
                    client,
                    new EventRecorder(client, "budgets", "", basis.clock()),
                    config.interval().multipliedBy(PASSES))));
  }
}
