package dev.argosy.server.flowcontrol;

import dev.argosy.model.schema.first.FirstObjects;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.flowcontrol.schema.Classifier;
import dev.argosy.server.flowcontrol.schema.Flow;
import dev.argosy.server.flowcontrol.seat.SeatPool;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.QueryParams;
import dev.argosy.store.cache.ResourceCaches;
import java.util.List;
import java.util.function.LongSupplier;

/** The door to priority and fairness. Any thread may ask. */
public final class FlowControl {

  private final SeatPool pool;
  private final Configuration configuration;
  private final Shares shares;
  private final Widths widths;

  /**
   * What flow control looks at.
   *
   * @param kinds what each cluster serves
   */
  public record Basis(
      ResourceCaches caches, Presets presets, ClusterDirectory clusters, KindTables kinds) {}

  /**
   * How much there is.
   *
   * @param seats requests of width one that may be under way at once, of all clusters together
   * @param room requests that may wait, of all clusters together; one cluster may have half of what
   *     is left
   */
  public record Limits(int seats, int room) {}

  public FlowControl(Basis basis, FirstObjects first, Limits limits, LongSupplier nanos) {
    this.pool = new SeatPool(limits.seats(), limits.room(), nanos);
    this.configuration = new Configuration(basis.caches(), basis.presets(), first);
    this.shares = new Shares(pool, basis.clusters(), configuration.untouched(), nanos);
    this.widths = new Widths(basis.kinds(), basis.caches());
  }

  /** Classifies a request and asks for its seat; does not wait for it. */
  public Passage enter(Attributes asked, QueryParams query) {
    Share share = shares.of(payer(asked));
    Classifier classifier = share.classifier(configuration);
    Flow flow = classifier.classify(asked);
    int width = asked.resourceRequest() ? widths.of(asked, query) : 1;
    String level = flow.level().spec().name();
    return new Passage(flow, pool.enter(share.seats(), level, flow.hash(asked), width));
  }

  /** Whoever knocks at doors of others does so at the cost of the own cluster. */
  private static String payer(Attributes asked) {
    String cluster = asked.cluster().equals("*") ? ClusterDirectory.ROOT : asked.cluster();
    return ClusterScope.of(asked.user()).orElse(cluster);
  }

  /** What is to be told about one cluster; nothing if nobody has asked it for some time. */
  public List<Sample> samples(String cluster) {
    return shares.known(cluster).map(share -> Samples.of(share.seats().levels())).orElse(List.of());
  }

  /** How many clusters are in use. */
  int clustersInUse() {
    return shares.count();
  }
}
