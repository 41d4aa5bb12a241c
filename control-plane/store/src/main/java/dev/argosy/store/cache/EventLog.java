package dev.argosy.store.cache;

import dev.argosy.store.spi.CompactedException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events of one resource and those who watch them. The monitor guards writing and the coming
 * and going of watchers; reading takes no lock.
 */
final class EventLog {

  private final EventRing ring;
  private final Map<Route, Channel> channels = new ConcurrentHashMap<>();
  private volatile long epoch;
  private volatile boolean closed;

  EventLog(CacheLimits limits, Clock clock) {
    this.ring = new EventRing(limits, clock);
  }

  /** Begins history at a state; all watchers fall off. */
  synchronized void restart(long revision, ObjectTree tree) {
    epoch++;
    ring.restart(revision, tree);
    channels.values().forEach(channel -> channel.watchers().forEach(EventCursor::wake));
  }

  synchronized void close() {
    closed = true;
    channels.values().forEach(channel -> channel.watchers().forEach(EventCursor::wake));
  }

  /**
   * Appends the events of one whole revision and wakes those who want them.
   *
   * @param show lets the new state be seen; called before its events are, so that who hears of a
   *     change finds it in the state
   */
  synchronized void append(List<TreeChange> changes, ObjectTree tree, Runnable show) {
    long sequence = ring.head();
    long now = ring.millis();
    Set<Channel> touched = new HashSet<>();
    for (TreeChange change : changes) {
      Slot slot = change.slot(sequence++, tree, now);
      ring.append(slot);
      if (!channels.isEmpty()) {
        touched.addAll(list(slot));
      }
    }
    show.run();
    ring.publish(sequence);
    touched.forEach(channel -> channel.watchers().forEach(EventCursor::wake));
  }

  /**
   * Forgets what is too old.
   *
   * @param states up to which revision
   */
  synchronized void expire(long states) {
    ring.expire(states);
  }

  private List<Channel> list(Slot slot) {
    List<Channel> found = new ArrayList<>(2);
    for (Route route : Route.of(slot)) {
      Channel channel = channels.get(route);
      if (channel != null) {
        channel.append(slot.sequence(), ring.tail());
        found.add(channel);
      }
    }
    return found;
  }

  /**
   * A cursor behind a revision.
   *
   * @throws CompactedException if history does not reach there
   */
  synchronized EventCursor open(long revision, EventFilter filter, RevisionGate gate) {
    long first = ring.firstAbove(revision);
    if (first < 0) {
      throw new CompactedException(revision);
    }
    Channel channel = channels.computeIfAbsent(Route.of(filter), r -> new Channel(ring.head()));
    EventCursor cursor =
        new EventCursor(this, channel, filter, new EventCursor.Start(epoch, first, revision), gate);
    channel.watchers().add(cursor);
    return cursor;
  }

  synchronized void remove(EventCursor cursor, Channel channel, EventFilter filter) {
    channel.watchers().remove(cursor);
    if (channel.watchers().isEmpty()) {
      channels.remove(Route.of(filter), channel);
    }
  }

  EventRing ring() {
    return ring;
  }

  Optional<ObjectTree> treeAt(long revision) {
    return ring.treeAt(revision);
  }

  long epoch() {
    return epoch;
  }

  boolean closed() {
    return closed;
  }

  /** How many watchers of a cluster want the events of an object. */
  int listeners(String cluster, String namespace, String name) {
    if (channels.isEmpty()) {
      return 0;
    }
    int all = listeners(new Route("", cluster, "", ""));
    if (!namespace.isEmpty()) {
      all += listeners(new Route("", cluster, namespace, ""));
    }
    return name.isEmpty() ? all : all + listeners(new Route("", cluster, namespace, name));
  }

  private int listeners(Route route) {
    Channel channel = channels.get(route);
    return channel == null ? 0 : channel.watchers().size();
  }

  /** How many watchers there are. */
  int watchers() {
    return channels.values().stream().mapToInt(channel -> channel.watchers().size()).sum();
  }
}
