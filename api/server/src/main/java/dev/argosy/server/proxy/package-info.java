/**
 * The subresource {@code proxy} of pods, services and nodes: HTTP requests that are handed on to
 * them through the tunnel of their node, and the answers that come back.
 *
 * <p>One request a connection. What the client showed this server to be let in stays here.
 * Stateless; a request runs on its own virtual thread.
 */
@NullMarked
package dev.argosy.server.proxy;

import org.jspecify.annotations.NullMarked;
