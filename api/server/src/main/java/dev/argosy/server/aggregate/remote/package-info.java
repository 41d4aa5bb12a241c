/**
 * Exchanges with the API servers of tenants: requests of clients are led on to them (watches and
 * upgrades too), and the server asks its own questions.
 *
 * <p>Whatever is sent on says who asks in headers that only this server can vouch for; whatever
 * comes back is a tenant's word, so it is bounded, and stripped of what browsers would obey.
 *
 * <p>State: TLS settings by cluster and connections that wait for the next request, bounded.
 * Request threads enter and block.
 */
@NullMarked
package dev.argosy.server.aggregate.remote;

import org.jspecify.annotations.NullMarked;
