/**
 * The store on etcd: keys, transactions, paged reads, one watch that survives lost connections,
 * compaction. Only this package knows jetcd.
 *
 * <p>Threads: callers block on futures with a time limit; jetcd's and Vert.x's few event loops only
 * complete those futures; each watch has a virtual thread that calls its listener.
 */
@NullMarked
package dev.argosy.store.etcd;

import org.jspecify.annotations.NullMarked;
