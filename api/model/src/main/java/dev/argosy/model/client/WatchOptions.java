package dev.argosy.model.client;

/**
 * What to watch.
 *
 * @param resourceVersion events after this one; empty: first all present objects as ADDED
 * @param sendInitialEvents all present objects first, then a bookmark that ends them, then changes
 *     (KEP-3157)
 * @param allowBookmarks whether bookmarks may come in between
 */
public record WatchOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    boolean sendInitialEvents,
    boolean allowBookmarks) {

  /** The state as of now, a bookmark that ends it, then every change. */
  public static final WatchOptions STATE_AND_CHANGES = new WatchOptions("", "", "", true, true);

  public static WatchOptions fields(String selector) {
    return new WatchOptions("", selector, "", true, true);
  }
}
