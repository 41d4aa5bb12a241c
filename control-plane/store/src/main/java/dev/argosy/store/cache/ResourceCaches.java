package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import java.util.Collection;

/** The door to all caches. */
public interface ResourceCaches extends AutoCloseable {

  /**
   * The cache of a resource, always the same one. Does not block: the first use starts loading, and
   * the first read waits for it.
   */
  WatchCache of(GroupResource resource);

  /** Those that were asked for so far, in no order. */
  Collection<WatchCache> open();

  /** Ends all watching; cursors and waiting readers are told. */
  @Override
  void close();
}
