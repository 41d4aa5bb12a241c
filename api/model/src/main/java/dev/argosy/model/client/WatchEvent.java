package dev.argosy.model.client;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;

/** One event of a watch, in the order of revisions. */
public sealed interface WatchEvent {

  record Added(ApiObject object) implements WatchEvent {}

  record Modified(ApiObject object) implements WatchEvent {}

  /** The last state, carrying the revision of the deletion. */
  record Deleted(ApiObject object) implements WatchEvent {}

  /**
   * Everything up to this revision has been sent.
   *
   * @param initialEventsEnd whether it ends the initial events
   */
  record Bookmark(long revision, boolean initialEventsEnd) implements WatchEvent {}

  /** The watch is over; most often because its revision is too old. List again. */
  record Failed(Status status) implements WatchEvent {}
}
