package dev.argosy.server.dispatch;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.list.Collection;
import dev.argosy.server.list.Lister;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.watch.WatchFeed;
import dev.argosy.server.watch.Watches;
import java.util.Optional;

/**
 * Lists and watches as far as the right of whoever asks goes. Whoever may see all of a collection
 * goes straight through.
 *
 * <p>A client lists, then watches behind the list's revision, and believes that it then knows
 * everything. So a part of a collection is only told of if the rights that make it the part were
 * the same at that revision: a list is made anew when they changed meanwhile, a watch that would go
 * on behind a revision of other rights says Expired, which has its client list again.
 */
public final class GatedReads {

  private static final int TRIES = 5;

  private final Gate gate;
  private final RightsHistory history;
  private final Lister lister;
  private final Watches watches;

  public GatedReads(Gate gate, Lister lister, Watches watches) {
    this.gate = gate;
    this.history = gate.authorizer().history();
    this.lister = lister;
    this.watches = watches;
  }

  /** What has passed the gate, and how far it goes. */
  public record Passed(Attributes asked, Reach reach) {}

  /** What is to be read. */
  public record Reading(View view, Selection selection, ListQuery query) {}

  /**
   * The page that a query asks for. Of what is kept in no store, all is seen or nothing, unless it
   * says otherwise.
   *
   * @throws StatusException as {@link Lister#list}; Forbidden if the right is gone meanwhile
   */
  public Page list(Passed passed, View view, ListQuery query) {
    Optional<Collection> collection = lister.collection(view);
    if (collection.isPresent() && (passed.reach.whole() || collection.get().partial())) {
      return collection.get().list(passed.asked.user(), view.within(passed.reach), query);
    }
    Selection selection =
        Selection.parse(view.kind(), query.labelSelector(), query.fieldSelector());
    return list(passed, new Reading(view, selection, query));
  }

  /**
   * A page.
   *
   * @throws StatusException as {@link Lister#list}; Forbidden if the right is gone meanwhile
   */
  public Page list(Passed passed, Reading reading) {
    Reach reach = passed.reach;
    for (int i = 0; i < TRIES; i++) {
      Page page = lister.list(reading.view.within(reach), reading.selection, reading.query);
      if (reach.whole() || settled(passed, reach, page.revision())) {
        return page;
      }
      reach = gate.authorize(passed.asked);
    }
    throw restless();
  }

  /**
   * Opens a watch, which ends when the right is no longer what it is now.
   *
   * @throws StatusException as {@link Watches#open}; Forbidden if the right is gone meanwhile
   */
  public WatchFeed watch(Passed passed, Reading reading) {
    Reach reach = passed.reach;
    for (int i = 0; i < TRIES; i++) {
      WatchFeed feed = open(passed, reading, reach);
      if (reach.whole() || goesOn(passed, reach, feed)) {
        return feed;
      }
      feed.close();
      reach = gate.authorize(passed.asked);
    }
    throw restless();
  }

  /** Whether the feed can be read; if it can, but not behind its revision, it says so itself. */
  private boolean goesOn(Passed passed, Reach reach, WatchFeed feed) {
    try {
      boolean settled = settled(passed, reach, feed.after());
      if (settled
          && reach.byNamespace()
          && !history.unchangedSince(passed.asked.cluster(), feed.after())) {
        feed.expire();
      }
      return settled;
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  private WatchFeed open(Passed passed, Reading reading, Reach reach) {
    return watches.open(
        reading.view.within(reach),
        reading.selection,
        reading.query,
        ReadWarrant.of(gate.authorizer(), passed.asked, reach));
  }

  /**
   * Whether the part is still the right one when everything up to the revision counts. If it was
   * another in between, then a watch behind the revision finds that out. RBAC objects say nothing
   * about which objects concern whom.
   */
  private boolean settled(Passed passed, Reach reach, long revision) {
    if (reach.byNamespace()
        && !history.counted(revision, Deadline.current().atMost(Lister.PATIENCE))) {
      throw restless();
    }
    return ReadWarrant.of(gate.authorizer(), passed.asked, reach).holds();
  }

  private static StatusException restless() {
    return Status.of(
            Reason.SERVICE_UNAVAILABLE,
            "what you may see is changing too fast to be listed; try again")
        .withRetryAfter(1)
        .asException();
  }
}
