/**
 * Keeps something current that is derived from a watch cache, or that objects must be brought to.
 * Each follower has one virtual thread, which waits while nothing happens; what is derived belongs
 * to the listener.
 */
@NullMarked
package dev.argosy.server.follow;

import org.jspecify.annotations.NullMarked;
