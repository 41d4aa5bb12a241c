/**
 * Leads one request of a client on to another server, over a connection that the caller made: the
 * body as it comes, the answer as it comes, and an upgrade as a conversation. HTTP/1.1 is spoken
 * there. Which headers pass, and what becomes of an answer, is the caller's to say.
 *
 * <p>State: lines that wait for another exchange, bounded in number and time, in {@link
 * dev.argosy.server.relay.IdleLines}. An exchange belongs to the thread of its request; its body is
 * sent by a second one if it has any, and a third one ends it if its time is up.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
@NullMarked
package dev.argosy.server.relay;

import org.jspecify.annotations.NullMarked;
