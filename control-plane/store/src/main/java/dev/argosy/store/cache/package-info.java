/**
 * The image of a store in memory, from which everything is read: one {@link
 * dev.argosy.store.cache.WatchCache} per resource over all logical clusters, started on first use.
 *
 * <p><b>State.</b> A cache's current state is one immutable tree; a snapshot is a pointer to it,
 * and the pointers of recent revisions are kept with their events. One thread, the one that
 * delivers the store's watch, changes caches; loading threads hand over under the cache's lock.
 * Readers take no lock.
 *
 * <p><b>Freshness.</b> All caches of a store are fed by one watch over the whole store. The store
 * orders its changes by revision and delivers them in that order, so once anything of revision R
 * was delivered, nothing below R is outstanding for any resource: each cache then stands at R, also
 * those whose objects did not change. A consistent read asks the store for its current revision and
 * waits until the cache stands there. If the revision was used up by something that the watch does
 * not show, the wait asks the watch for a sign of progress. Nothing rests on etcd's own progress
 * notifications. See docs/decisions/0002-watch-cache-freshness.md.
 *
 * <p><b>Delivery.</b> Events stand in one ring per resource. A watcher is a cursor: a number in
 * that ring, and an entry in the channel of what it asked for, so that an event touches only those
 * who want it. Who is slower than the ring is told {@link dev.argosy.store.spi.CompactedException};
 * nobody waits for anybody.
 */
@NullMarked
package dev.argosy.store.cache;

import org.jspecify.annotations.NullMarked;
