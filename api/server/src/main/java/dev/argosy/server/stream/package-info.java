/**
 * The conversations with pods: log, exec, attach and port-forward. Each connector reads the pod
 * through the API, asks the pod's node through its tunnel, and only then leaves HTTP, so that every
 * refusal is a {@code Status}; afterwards it carries bytes between the client's protocol (SPDY/3.1
 * or WebSocket in several dialects) and the tunnel's stream.
 *
 * <p>No state beyond the running conversations. Each has a thread that reads the client and one for
 * each direction or stream, all virtual.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/websockets/">WebSockets in the
 *     Kubernetes API</a>
 */
@NullMarked
package dev.argosy.server.stream;

import org.jspecify.annotations.NullMarked;
