/**
 * SPDY/3.1 as Kubernetes' clients speak it (moby/spdystream): streams with headers over one byte
 * connection, opened by the client, half-closed by a flag, without flow control.
 *
 * <p>Framing and header compression are Netty's {@code SpdyFrameCodec}, driven by hand; the
 * connection is blocking. One thread runs {@link dev.argosy.server.spdy.SpdyConnection#run}; every
 * stream may be read and written by a thread of its own.
 */
@NullMarked
package dev.argosy.server.spdy;

import org.jspecify.annotations.NullMarked;
