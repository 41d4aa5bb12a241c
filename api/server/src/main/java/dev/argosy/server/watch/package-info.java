/**
 * Watches: the state first, if asked for, then every change, in order, with selectors turned into
 * coming and going. A watch is a cursor in the watch cache's ring of events; whoever reads it, an
 * HTTP response or a control loop, does so on a thread of its own.
 *
 * <p>A watch belongs to a {@link dev.argosy.server.watch.Warrant}, the right by which it is read,
 * and ends when that is no longer what it was.
 *
 * <p>No state besides the open feeds themselves.
 */
@NullMarked
package dev.argosy.server.watch;

import org.jspecify.annotations.NullMarked;
