/**
 * Leaving HTTP: the {@code Upgrade} handshake, the raw connection after it, and WebSocket framing
 * (RFC 6455) on that connection.
 *
 * <p>WebSocket is done here rather than by the container's {@code ServerEndpoint} because the paths
 * are those of the API's resources, the subprotocol decides what is spoken, and the refusal before
 * the handshake must be a {@code Status}. A conversation runs on a virtual thread of its own after
 * the response; its connection may be written by several threads.
 */
@NullMarked
package dev.argosy.server.upgrade;

import org.jspecify.annotations.NullMarked;
