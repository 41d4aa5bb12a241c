/**
 * Keeps something derived from a watch cache current. Each follower has one virtual thread, which
 * waits while nothing happens; what is derived belongs to the listener.
 */
@NullMarked
package dev.argosy.server.follow;

import org.jspecify.annotations.NullMarked;
