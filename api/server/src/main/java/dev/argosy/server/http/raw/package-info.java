/**
 * The connection under a request, once HTTP is done with it. With {@code dev.argosy.server.http}
 * the only place that names Jetty.
 *
 * <p>Jetty's core upgrade is used, as its own WebSocket does, and not {@code
 * HttpServletRequest.upgrade}: in Jetty 12.1 a reader that begins before the peer's first byte may
 * find the (empty) body's end of file instead of the connection. Reading and writing block the
 * (virtual) thread that does it.
 */
@NullMarked
package dev.argosy.server.http.raw;

import org.jspecify.annotations.NullMarked;
