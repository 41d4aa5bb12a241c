/**
 * The tunnel between a node agent and an API server: one byte connection, opened by the agent, that
 * carries many streams, and the requests and messages that travel on them.
 *
 * <p>A {@link dev.argosy.model.tunnel.TunnelSession} owns the connection and all of its streams. It
 * runs three virtual threads (reads, writes, keep-alive) and one for each stream that the peer
 * opens. Every stream has a window of bytes that may be under way (credits), so a reader that lags
 * holds up its own stream only. The window of a stream that is read as fast as it comes grows, up
 * to a bound for the session, so that the way between the two does not set the speed; a session's
 * memory is bounded by windows × streams and that.
 */
@NullMarked
package dev.argosy.model.tunnel;

import org.jspecify.annotations.NullMarked;
