/**
 * Serves what API servers ask for through the tunnel: logs, exec, attach and port-forward of this
 * node's pods, with the container runtime. Stateless beyond the running conversations; each stream
 * comes on a virtual thread of its own.
 */
@NullMarked
package dev.argosy.agent.streaming;

import org.jspecify.annotations.NullMarked;
