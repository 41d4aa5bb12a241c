package dev.argosy.server.watch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.EventCursor;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One open watch. One thread reads; {@link #close} may come from any thread. The initial state is
 * handed out in pieces, so that a large collection is never copied as a whole.
 */
public final class WatchFeed implements AutoCloseable {

  private static final int PIECE = 500;

  private final View view;
  private final Selection selection;
  private final long after;
  private final @Nullable EventCursor cursor;
  private final Rhythm rhythm;
  private final Warrant warrant;
  private final Consumer<WatchFeed> atClose;
  private @Nullable Initial initial;
  private boolean ended;
  private volatile boolean expired;
  private volatile boolean closed;

  /**
   * What is there when the watch begins.
   *
   * @param revision at which it is the state
   * @param endMarked whether a bookmark ends it
   */
  record Initial(Iterator<ApiObject> objects, long revision, boolean endMarked) {}

  /**
   * When a feed ends by itself, and who is told when it has ended in any way.
   *
   * @param warrant by which it is read
   */
  record Ending(Rhythm rhythm, Warrant warrant, Consumer<WatchFeed> atClose) {}

  /**
   * What happens after that.
   *
   * @param after the revision behind which it is told
   * @param cursor null if the events asked for are gone, which is the only thing then told
   */
  record Changes(long after, @Nullable EventCursor cursor) {}

  /**
   * A feed that goes on after a state.
   *
   * @param initial null if the reader knows the state
   */
  WatchFeed(
      View view, Selection selection, @Nullable Initial initial, Changes changes, Ending ending) {
    this.view = view;
    this.selection = selection;
    this.initial = initial;
    this.after = changes.after;
    this.cursor = changes.cursor;
    this.rhythm = ending.rhythm;
    this.warrant = ending.warrant;
    this.atClose = ending.atClose;
  }

  /**
   * Waits for the next events and returns all that are there; empty when the watch is over (its
   * time is up, or it was closed). After {@link WatchEvent.Failed} it is over too, as when the
   * rights of its reader changed.
   */
  public List<WatchEvent> next() throws InterruptedException {
    if (ended) {
      return List.of();
    }
    if (cursor == null) {
      ended = true;
      return List.of(new WatchEvent.Failed(tooOld()));
    }
    if (initial != null) {
      if (rightsChanged()) {
        return failed(otherRights());
      }
      List<WatchEvent> piece = nextPiece(initial);
      if (!piece.isEmpty()) {
        return piece;
      }
    }
    return nextChanges(cursor);
  }

  /** Whether everything that was there at the beginning has been told; true if nothing was. */
  public boolean begun() {
    Initial state = initial;
    return state == null || !state.endMarked && !state.objects.hasNext();
  }

  private List<WatchEvent> nextPiece(Initial state) {
    List<WatchEvent> piece = new ArrayList<>();
    while (state.objects.hasNext() && piece.size() < PIECE) {
      piece.add(new WatchEvent.Added(view.shown(state.objects.next())));
    }
    if (!state.objects.hasNext()) {
      initial = null;
      if (state.endMarked) {
        piece.add(new WatchEvent.Bookmark(state.revision, true));
      }
    }
    return piece;
  }

  private List<WatchEvent> nextChanges(EventCursor events) throws InterruptedException {
    while (true) {
      Duration wait = warrant.limited() ? rhythm.untilNextLook() : rhythm.untilNextBeat();
      List<CacheEvent> changes;
      try {
        changes = events.next(wait);
      } catch (CompactedException e) {
        return failed(tooOld());
      } catch (StoreUnavailableException e) {
        return failed(Status.of(Reason.SERVICE_UNAVAILABLE, "the watch ended: " + e.getMessage()));
      }
      if (rightsChanged()) {
        return failed(otherRights());
      }
      List<WatchEvent> told = new ArrayList<>(changes.size() + 1);
      changes.forEach(change -> tell(change, told));
      if (rhythm.over()) {
        ended = true;
        addBookmark(events, told);
        close();
        return told;
      }
      if (rhythm.bookmarkDue()) {
        addBookmark(events, told);
      }
      if (closed) {
        return List.of();
      }
      if (!told.isEmpty()) {
        return told;
      }
    }
  }

  private void addBookmark(EventCursor events, List<WatchEvent> told) {
    if (rhythm.bookmarks()) {
      told.add(new WatchEvent.Bookmark(events.revision(), false));
    }
  }

  private List<WatchEvent> failed(Status status) {
    ended = true;
    close();
    return List.of(new WatchEvent.Failed(status));
  }

  /** Whoever sees a part only is asked every time: what comes next may be of another part. */
  private boolean rightsChanged() {
    return expired
        || (warrant.limited() && (!view.reach().whole() || rhythm.lookDue()) && !warrant.holds());
  }

  /** Whoever reads it lists again then, and learns what they may see now. */
  private static Status otherRights() {
    return Status.of(
        Reason.EXPIRED, "too old resource version: what you may see has changed since");
  }

  private static Status tooOld() {
    return Status.of(
        Reason.EXPIRED, "too old resource version: the history no longer reaches back to it");
  }

  /**
   * An object that comes into the selection is added, one that leaves it is deleted. A preset is
   * what was there before its copy was stored, and comes back when that is deleted.
   */
  private void tell(CacheEvent change, List<WatchEvent> told) {
    ApiObject object = change.object();
    Optional<ApiObject> preset = view.preset(object.key());
    Optional<ApiObject> before = change.previous().or(() -> preset);
    boolean was = before.filter(this::selected).isPresent();
    boolean is = change.type() != CacheEvent.Type.DELETED && selected(object);
    if (is) {
      ApiObject shown = view.shown(object);
      told.add(was ? new WatchEvent.Modified(shown) : new WatchEvent.Added(shown));
    } else if (was) {
      ApiObject last =
          change.type() == CacheEvent.Type.DELETED
              ? object
              : before.orElse(object).withRevision(object.revision());
      told.add(new WatchEvent.Deleted(view.shown(last)));
    }
    if (change.type() == CacheEvent.Type.DELETED) {
      preset
          .filter(this::selected)
          .map(back -> view.shown(back.withRevision(object.revision())))
          .ifPresent(back -> told.add(new WatchEvent.Added(back)));
    }
  }

  /** Ends it if its reader's rights are no longer what they were; from any thread. */
  void look(String cluster) {
    boolean concerned =
        warrant.limited()
            && (cluster.equals(RightsHistory.EVERYWHERE) || cluster.equals(warrant.cluster()));
    if (concerned && !warrant.holds()) {
      expire();
    }
  }

  /** Ends it with the word that its reader must list again; from any thread. */
  public void expire() {
    expired = true;
    if (cursor != null) {
      cursor.close();
    }
  }

  /** The revision behind which it tells changes. */
  public long after() {
    return after;
  }

  boolean isOf(String cluster, GroupResource resource) {
    return view.cluster().equals(cluster) && view.kind().type().groupResource().equals(resource);
  }

  private boolean selected(ApiObject object) {
    return view.visible().test(object) && selection.matches(object);
  }

  @Override
  public void close() {
    closed = true;
    atClose.accept(this);
    if (cursor != null) {
      cursor.close();
    }
  }
}
