package dev.argosy.store.cache;

import dev.argosy.model.object.ApiObject;
import org.jspecify.annotations.Nullable;

/** What a store event means for a tree: the states before and after. */
record TreeChange(@Nullable Leaf before, @Nullable Leaf after, ApiObject shown) {

  static TreeChange put(@Nullable Leaf before, Leaf after) {
    return new TreeChange(before, after, after.object());
  }

  static TreeChange deleted(Leaf before, long revision) {
    return new TreeChange(before, null, before.object().withRevision(revision));
  }

  ObjectTree applyTo(ObjectTree tree) {
    return after == null ? tree.minus(shown.key()) : tree.plus(after);
  }

  Slot slot(long sequence, ObjectTree tree, long millis) {
    CacheEvent.Type type =
        after == null
            ? CacheEvent.Type.DELETED
            : before == null ? CacheEvent.Type.ADDED : CacheEvent.Type.MODIFIED;
    CacheEvent event = new CacheEvent(type, shown, before == null ? null : before.object());
    return new Slot(sequence, event, nodeName(after), nodeName(before), tree, millis);
  }

  private static String nodeName(@Nullable Leaf leaf) {
    return leaf == null ? "" : leaf.nodeName();
  }
}
