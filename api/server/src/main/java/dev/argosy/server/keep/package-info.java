/**
 * The stores as the server uses them: measured under Kubernetes' names, and events with the
 * lifetime that they have here. No state but the wrappers themselves; any thread may call.
 */
@NullMarked
package dev.argosy.server.keep;

import org.jspecify.annotations.NullMarked;
