/**
 * Objects' past revisions: {@code history.argosy.dev/v1}.
 *
 * <p>Recorded: on the one server that holds it, a {@link dev.argosy.server.history.FeedFollower}
 * per store reads the store's changes and writes them to PostgreSQL; who made them is told by the
 * server that did ({@code Authors}). No write waits for either. Read: {@code ObjectRevisions},
 * {@code RevisionDiffs}; put back: {@code ObjectRestores}, by the way of any other write.
 *
 * <p>Whoever may get an object may see what it was, and nobody else ({@code SeenRevisions}).
 *
 * <p>One thread per store, one for authors, one for upkeep; none per tenant. Requests' threads
 * read.
 */
@NullMarked
package dev.argosy.server.history;

import org.jspecify.annotations.NullMarked;
