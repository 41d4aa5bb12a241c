package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoredValue;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a resource as the store has them at one revision.
 *
 * @param revision current at some time after the reading began
 */
record Listing(long revision, ObjectTree tree, Unreadable unreadable) {

  private static final int PAGE = 1_000;

  /**
   * Reads page by page.
   *
   * @param known objects that have not changed since are taken from here, not parsed again
   */
  static Listing read(ResourceStore store, GroupResource resource, ObjectTree known) {
    ObjectTree tree = ObjectTree.EMPTY;
    Unreadable unreadable = Unreadable.NOTHING;
    long revision = 0;
    ObjectKey after = null;
    while (true) {
      StorePage page = store.list(resource, "", revision, after, PAGE);
      revision = page.revision();
      for (StoredValue value : page.values()) {
        Leaf leaf = leaf(known, value);
        tree = leaf == null ? tree : tree.plus(leaf);
        unreadable = unreadable.with(value);
      }
      if (!page.more()) {
        return new Listing(revision, tree, unreadable);
      }
      after = page.values().getLast().key();
    }
  }

  private static @Nullable Leaf leaf(ObjectTree known, StoredValue value) {
    Leaf old = known.get(value.key());
    return old != null && old.object().revision() == value.revision() ? old : Contents.read(value);
  }
}
