/**
 * A live, decoded image of a collection: list, watch, list again when the watch falls off, with
 * named indexes and handlers.
 *
 * <p>Each {@link dev.argosy.model.informer.Informer} owns one virtual thread, which alone changes
 * its image and calls its handlers, in the order of revisions. Any thread may read. {@link
 * dev.argosy.model.informer.Informers} shares informers between the consumers of one client.
 */
@NullMarked
package dev.argosy.model.informer;

import org.jspecify.annotations.NullMarked;
