/**
 * What pods really use, as agents report it ({@code dev.argosy.model.use}). {@code UseEndpoint}
 * takes a node's report of the pods that are bound to it, {@code NewestUse} keeps the newest
 * figures of each node in memory, and {@code metrics.k8s.io} is answered from these. A {@code
 * UseKeeper} writes what is charged for; see {@code dev.argosy.server.metering}.
 *
 * <p>State: the last report of each node that reports to this server, in {@code NewestUse}. No
 * thread of its own; requests' threads enter.
 */
@NullMarked
package dev.argosy.server.use;

import org.jspecify.annotations.NullMarked;
