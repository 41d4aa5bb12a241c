/**
 * The subresource {@code proxy} of pods, services and nodes: HTTP requests that are handed on to
 * them through the tunnel of their node, and the answers that come back.
 *
 * <p>HTTP/1.1 is spoken towards the backend, one request a connection; bodies are handed on as they
 * come, both ways. What the client showed this server to be let in stays here. Stateless; a request
 * runs on its own virtual thread, its body on another.
 */
@NullMarked
package dev.argosy.server.proxy;

import org.jspecify.annotations.NullMarked;
