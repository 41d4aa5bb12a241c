/**
 * Subresources that are a conversation rather than a document: log, exec, attach, port-forward,
 * proxy.
 */
@NullMarked
package dev.argosy.server.connect;

import org.jspecify.annotations.NullMarked;
