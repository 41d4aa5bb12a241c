/**
 * Connections from this server to what tenants run: to the pods behind a service, through the
 * node's tunnel, and to addresses outside, as far as the platform lets tenants reach them.
 *
 * <p>No state of its own; any thread may dial and blocks until the connection stands. Used by
 * webhooks and by whoever else calls what a tenant names.
 */
@NullMarked
package dev.argosy.server.dial;

import org.jspecify.annotations.NullMarked;
