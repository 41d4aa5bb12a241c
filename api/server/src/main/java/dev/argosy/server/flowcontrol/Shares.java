package dev.argosy.server.flowcontrol;

import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.flowcontrol.schema.Classifier;
import dev.argosy.server.flowcontrol.seat.SeatPool;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The shares of those clusters that are in use. */
final class Shares {

  private static final long KEPT = Duration.ofMinutes(5).toNanos();
  private static final long SWEEP = Duration.ofMinutes(1).toNanos();

  /** The platform's own: nodes and those who keep all going. */
  private static final int ROOT_WEIGHT = 4;

  /** Whoever asks for clusters that do not exist shares this one. */
  private static final String NOWHERE = "";

  private final SeatPool pool;
  private final ClusterDirectory clusters;
  private final Classifier untouched;
  private final LongSupplier nanos;
  private final Map<String, Share> shares = new ConcurrentHashMap<>();
  private final AtomicLong swept = new AtomicLong();

  Shares(SeatPool pool, ClusterDirectory clusters, Classifier untouched, LongSupplier nanos) {
    this.pool = pool;
    this.clusters = clusters;
    this.untouched = untouched;
    this.nanos = nanos;
    swept.set(nanos.getAsLong());
  }

  Share of(String cluster) {
    String name = clusters.find(cluster).isPresent() ? cluster : NOWHERE;
    Share known = shares.get(name);
    if (known == null) {
      sweep();
      known = shares.computeIfAbsent(name, this::make);
    }
    known.use(nanos.getAsLong());
    return known;
  }

  /** The share of a cluster, if it is in use. */
  Optional<Share> known(String cluster) {
    return Optional.ofNullable(shares.get(cluster));
  }

  int count() {
    return shares.size();
  }

  private Share make(String name) {
    boolean root = name.equals(ClusterDirectory.ROOT);
    Share share = new Share(name, pool.tenant(root ? ROOT_WEIGHT : 1, root), untouched);
    share.use(nanos.getAsLong());
    return share;
  }

  private void sweep() {
    long now = nanos.getAsLong();
    long last = swept.get();
    if (now - last >= SWEEP && swept.compareAndSet(last, now)) {
      shares.values().removeIf(share -> share.unusedSince(now - KEPT));
    }
  }
}
