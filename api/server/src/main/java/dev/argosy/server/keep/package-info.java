/**
 * The stores as the server uses them: measured under Kubernetes' names, events with the lifetime
 * that they have here, and what a leader writes checked with its fence. No state but the wrappers
 * themselves; any thread may call.
 */
@NullMarked
package dev.argosy.server.keep;

import org.jspecify.annotations.NullMarked;
