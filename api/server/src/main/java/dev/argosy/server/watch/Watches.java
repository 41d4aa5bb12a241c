package dev.argosy.server.watch;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.list.Lister;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.watch.WatchFeed.Initial;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.EventCursor;
import dev.argosy.store.cache.EventFilter;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.spi.CompactedException;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Opens watches.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">
 *     Efficient detection of changes</a>
 */
public final class Watches implements AutoCloseable {

  private final Set<WatchFeed> open = ConcurrentHashMap.newKeySet();
  private final Lister lister;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration bookmarkInterval;
  private final Duration minLife;

  /**
   * Opens watches on what a lister lists.
   *
   * @param minLife a watch that says no end ends after one to two times this
   */
  public Watches(
      Lister lister,
      Clock clock,
      RandomGenerator random,
      Duration bookmarkInterval,
      Duration minLife) {
    this.lister = lister;
    this.clock = clock;
    this.random = random;
    this.bookmarkInterval = bookmarkInterval;
    this.minLife = minLife;
  }

  /**
   * Opens a watch. A revision that is no longer kept is told by the feed, not thrown.
   *
   * @throws dev.argosy.model.status.StatusException Timeout if the revision lies ahead
   */
  public WatchFeed open(View stored, Selection selection, ListQuery query) {
    return open(stored, selection, query, Warrant.NO_LIMIT);
  }

  /**
   * Opens a watch that goes on as long as its reader's rights are the same.
   *
   * @throws dev.argosy.model.status.StatusException Timeout if the revision lies ahead
   */
  public WatchFeed open(View stored, Selection selection, ListQuery query, Warrant warrant) {
    View view = lister.withPresets(stored);
    WatchCache cache = lister.cache(view);
    long revision = query.revision();
    boolean initialAsked = query.sendInitialEvents().orElse(revision <= 0);
    boolean fromState = initialAsked || revision <= 0;
    CacheSnapshot snapshot = Lister.atLeast(cache, revision);
    long after = fromState ? snapshot.revision() : revision;
    Initial initial =
        initialAsked
            ? new Initial(
                objects(view, selection, snapshot),
                snapshot.revision(),
                query.sendInitialEvents().isPresent() && query.allowBookmarks())
            : null;
    WatchFeed feed =
        new WatchFeed(
            view,
            selection,
            initial,
            new WatchFeed.Changes(after, cursor(cache, view, selection, after)),
            new WatchFeed.Ending(rhythm(query), warrant, open::remove));
    open.add(feed);
    return feed;
  }

  private static @Nullable EventCursor cursor(
      WatchCache cache, View view, Selection selection, long after) {
    try {
      return cache.eventsAfter(after, filter(view, selection));
    } catch (CompactedException e) {
      return null;
    }
  }

  private static EventFilter filter(View view, Selection selection) {
    EventFilter filter = EventFilter.of(view.cluster(), namespace(view));
    if (selection.node().isPresent()) {
      return filter.withNodeName(selection.node().get());
    }
    return selection.name().isPresent() ? filter.withName(selection.name().get()) : filter;
  }

  /** The only namespace of which it tells; empty if there may be several. */
  private static String namespace(View view) {
    NavigableSet<String> seen = view.reach().namespaces();
    return seen.size() == 1 && view.kind().type().namespaced() ? seen.first() : view.namespace();
  }

  private Iterator<ApiObject> objects(View view, Selection selection, CacheSnapshot snapshot) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                lister.candidates(view, selection, snapshot), Spliterator.ORDERED),
            false)
        .filter(o -> view.visible().test(o) && selection.matches(o))
        .iterator();
  }

  private Rhythm rhythm(ListQuery query) {
    long millis = minLife.toMillis();
    Duration life =
        query.timeoutSeconds() > 0
            ? Duration.ofSeconds(query.timeoutSeconds())
            : Duration.ofMillis(millis + (long) (millis * random.nextDouble()));
    return new Rhythm(clock, bookmarkInterval, query.allowBookmarks(), life);
  }

  /** Ends the watches of one resource in one cluster, which is no longer what it was. */
  public void end(String cluster, GroupResource resource) {
    open.stream().filter(feed -> feed.isOf(cluster, resource)).forEach(WatchFeed::close);
  }

  /**
   * Ends those watches of a cluster whose readers have other rights now.
   *
   * @param cluster its name, or {@link dev.argosy.server.access.RightsHistory#EVERYWHERE}
   */
  public void look(String cluster) {
    open.forEach(feed -> feed.look(cluster));
  }

  /** How many watches are open. */
  public int count() {
    return open.size();
  }

  /** Ends all watches; their readers are told. */
  @Override
  public void close() {
    open.forEach(WatchFeed::close);
  }
}
