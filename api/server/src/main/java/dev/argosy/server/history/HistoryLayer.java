package dev.argosy.server.history;

import static java.util.Objects.requireNonNull;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.audit.RetentionTimes;
import dev.argosy.server.list.Collection;
import dev.argosy.server.local.LocalApiClients;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.ReviewHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.server.registry.WriteListener;
import dev.argosy.server.request.WriteQuery;
import dev.argosy.server.tenant.TenantKeys;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.seal.Vault;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.history.AuthorLog;
import dev.argosy.tenancy.history.HistoryUpkeep;
import dev.argosy.tenancy.history.RevisionLog;
import dev.argosy.tenancy.history.RevisionSearch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The history, put together. In this order: its parts go to the API server's, {@link #start} with
 * what the API server then is. Close it after the API server, before stores and caches.
 */
public final class HistoryLayer implements AutoCloseable {

  static final String ETCD = "etcd";
  static final String PLATFORM = "platform";

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String MANAGER = "argosy-restore";

  private final HistoryConfig config;
  private final Basis basis;
  private final RetentionTimes kept;
  private final HistoryUpkeep upkeep;
  private final Authors authors;
  private final List<FeedFollower> followers;
  private final HistoryLoop loop;
  private volatile @Nullable Served served;

  /**
   * What it is built on.
   *
   * @param stores whose changes are recorded
   * @param vault opens what is sealed in them
   */
  public record Basis(
      PlatformDatabase database,
      Stores stores,
      Vault vault,
      ResourceCaches caches,
      Clock clock,
      Metrics metrics) {}

  /**
   * The stores.
   *
   * @param etcd as it is, with sealed values sealed
   * @param platform of the platform's own kinds
   * @param platformGroup their API group
   */
  public record Stores(ResourceStore etcd, ResourceStore platform, String platformGroup) {
    String feed(GroupResource resource) {
      return resource.group().equals(platformGroup) ? PLATFORM : ETCD;
    }
  }

  private record Served(KindTables kinds, LocalApiClients clients) {}

  public HistoryLayer(HistoryConfig config, Basis basis) {
    this.config = config;
    this.basis = basis;
    this.kept = new RetentionTimes(basis.caches, "historyRetentionDays", config.retentionDays());
    this.upkeep =
        new HistoryUpkeep(
            basis.database,
            new HistoryUpkeep.Bounds(
                kept, kept::longest, config.most().bytes(), config.most().revisions()));
    this.authors =
        new Authors(
            config,
            new AuthorLog(basis.database),
            write -> basis.stores.feed(write.kind().storage()),
            basis.metrics);
    String server = UUID.randomUUID().toString();
    this.followers =
        List.of(
            follower(ETCD, basis.stores.etcd, server),
            follower(PLATFORM, basis.stores.platform, server));
    this.loop = new HistoryLoop(upkeep, () -> etcd().holding(), basis.clock);
  }

  private FeedFollower follower(String feed, ResourceStore store, String server) {
    RecordedResources resources =
        new RecordedResources(config, basis.caches, r -> basis.stores.feed(r).equals(feed));
    return new FeedFollower(
        new FeedFollower.Feed(feed, store, () -> resources.all(kinds().of(""))),
        new Recorder(config, basis.vault),
        new RevisionLog(basis.database, feed, server),
        PAUSE);
  }

  private FeedFollower etcd() {
    return followers.getFirst();
  }

  private Served served() {
    return requireNonNull(served, "not started");
  }

  private KindTables kinds() {
    return served().kinds();
  }

  /** Hears of writes, to know who made them. */
  public WriteListener listener() {
    return config.enabled() ? authors : WriteListener.NONE;
  }

  /** The kinds that are kept here. */
  public Map<GroupResource, Collection> collections(Authorizer authorizer) {
    return Map.of(ObjectRevisions.RESOURCE, new ObjectRevisions(book(authorizer)));
  }

  /** The kinds that are asked. */
  public Map<GroupResource, ReviewHandler> reviews(Authorizer authorizer) {
    RevisionBook book = book(authorizer);
    return Map.of(
        RevisionDiffs.RESOURCE,
        new RevisionDiffs(book),
        ObjectRestores.RESOURCE,
        new ObjectRestores(book, subject -> served().clients().as(subject.user(), way(subject))));
  }

  private static WriteQuery way(Subject subject) {
    WriteQuery way = WriteQuery.DEFAULT.byDefault(MANAGER);
    return subject.dryRun() ? way.asDryRun() : way;
  }

  private RevisionBook book(Authorizer authorizer) {
    return RevisionBook.of(
        new RevisionSearch(basis.database),
        kept,
        basis.clock,
        authorizer,
        new RevisionBook.Reading(
            basis.vault,
            cluster -> kinds().of(cluster),
            key -> basis.caches.of(key.resource()).snapshot().get(key)));
  }

  /**
   * Begins to record.
   *
   * @param kinds what every cluster serves, its custom resources included
   */
  public void start(KindTables kinds, LocalApiClients clients) {
    served = new Served(kinds, clients);
    if (config.enabled()) {
      authors.start();
      followers.forEach(FeedFollower::start);
      loop.start();
    }
  }

  /** How far etcd's changes are recorded; {@link Long#MAX_VALUE} if nobody records them. */
  public long position() {
    return config.enabled() ? etcd().position() : Long.MAX_VALUE;
  }

  /** The data keys that are needed to read the history. */
  public Vault.Needs needs() {
    return new NeededKeys(
        basis.stores.etcd,
        config.enabled() ? new RevisionLog(basis.database, ETCD, "") : null,
        upkeep);
  }

  /** With the keys of a tenant goes its history. */
  public TenantKeys erasing(TenantKeys keys) {
    return new TenantKeys() {
      @Override
      public void discardUnreadable(String tenant) {
        keys.discardUnreadable(tenant);
      }

      @Override
      public void destroy(String tenant) {
        keys.destroy(tenant);
        upkeep.erase(tenant, basis.stores.etcd.currentRevision());
      }
    };
  }

  @Override
  public void close() {
    if (config.enabled()) {
      loop.close();
      followers.forEach(FeedFollower::close);
      authors.close();
    }
  }
}
