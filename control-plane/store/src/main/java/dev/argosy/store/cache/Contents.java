package dev.argosy.store.cache;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoredValue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cache holds, and the only place that changes it. The feed's thread delivers events,
 * loading threads deliver listings; both under the monitor. While a listing is under way events
 * wait here.
 */
final class Contents {

  private static final Logger LOG = LoggerFactory.getLogger(Contents.class);

  /**
   * The state and the revision of its last change.
   *
   * @param unreadable what is in the store too, and cannot be shown
   */
  record Root(long revision, ObjectTree tree, Unreadable unreadable) {}

  private final EventLog log;
  private final RevisionGate gate = new RevisionGate();
  private volatile Root root = new Root(0, ObjectTree.EMPTY, Unreadable.NOTHING);

  private boolean loading = true;
  private long ticket;
  private long fed;
  private List<StoreEvent> early = new ArrayList<>();

  Contents(CacheLimits limits, Clock clock) {
    this.log = new EventLog(limits, clock);
  }

  EventLog log() {
    return log;
  }

  RevisionGate gate() {
    return gate;
  }

  Root root() {
    return root;
  }

  /** From here on events wait for a listing. Answers the ticket to hand it in with. */
  synchronized long beginLoading() {
    loading = true;
    early = new ArrayList<>();
    return ++ticket;
  }

  /** Whether the listing of this ticket is still wanted. */
  synchronized boolean waitsFor(long forTicket) {
    return loading && ticket == forTicket;
  }

  /** Events of whole revisions, those of this resource. */
  synchronized void deliver(List<StoreEvent> events) {
    if (loading) {
      early.addAll(events);
    } else {
      apply(events);
    }
  }

  /** Everything up to this revision has been delivered. */
  synchronized void reached(long revision) {
    fed = revision;
    if (!loading) {
      gate.advance(revision);
    }
  }

  /**
   * Takes a listing, then the events that waited for it. Watchers of what was before fall off,
   * because changes may be missing in between.
   *
   * @return false if the listing is older than what was shown already; it was not taken
   */
  synchronized boolean finishLoading(long forTicket, Listing listing) {
    long revision = listing.revision();
    ObjectTree tree = listing.tree();
    if (forTicket != ticket || !loading) {
      return true;
    }
    if (revision < Math.max(gate.reached(), root.revision)) {
      return false;
    }
    log.restart(revision, tree);
    root = new Root(revision, tree, listing.unreadable());
    List<StoreEvent> waiting = early;
    early = List.of();
    loading = false;
    apply(waiting);
    gate.advance(Math.max(fed, root.revision));
    return true;
  }

  private void apply(List<StoreEvent> events) {
    int start = 0;
    for (int i = 1; i <= events.size(); i++) {
      if (i == events.size() || events.get(i).revision() != events.get(start).revision()) {
        applyRevision(events.subList(start, i));
        start = i;
      }
    }
  }

  private void applyRevision(List<StoreEvent> events) {
    long revision = events.getFirst().revision();
    if (revision <= root.revision) {
      return;
    }
    ObjectTree tree = root.tree;
    Unreadable unreadable = root.unreadable;
    List<TreeChange> changes = new ArrayList<>(events.size());
    for (StoreEvent event : events) {
      TreeChange change = change(tree, event);
      unreadable = unreadable.after(event);
      if (change != null) {
        changes.add(change);
        tree = change.applyTo(tree);
      }
    }
    Root next = new Root(revision, tree, unreadable);
    if (!changes.isEmpty()) {
      log.append(changes, tree, () -> root = next);
    } else if (unreadable != root.unreadable) {
      root = next;
    }
  }

  private static @Nullable TreeChange change(ObjectTree tree, StoreEvent event) {
    Leaf before = tree.get(event.key());
    return switch (event) {
      case StoreEvent.Put(StoredValue stored) -> put(before, stored);
      case StoreEvent.Deleted(ObjectKey key, long revision) ->
          before == null ? null : TreeChange.deleted(before, revision);
    };
  }

  private static @Nullable TreeChange put(@Nullable Leaf before, StoredValue stored) {
    Leaf after = read(stored);
    return after == null ? null : TreeChange.put(before, after);
  }

  /** The object of a value; null, with a word in the log, if it is none or cannot be read. */
  static @Nullable Leaf read(StoredValue stored) {
    if (!stored.readable()) {
      return null; // the store said so in the log
    }
    try {
      return Leaf.of(stored);
    } catch (RuntimeException e) {
      LOG.error("{} at revision {} is unreadable and left out", stored.key(), stored.revision(), e);
      return null;
    }
  }
}
