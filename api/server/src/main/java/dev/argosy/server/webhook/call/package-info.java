/**
 * One HTTPS call of something that a tenant runs or names: a URL, or a service through the node
 * tunnel. Used for admission and conversion webhooks.
 *
 * <p>State: the TLS settings made of certificate bundles, bounded. Any thread may call; a call runs
 * on a virtual thread of its own, which ends with the time-out.
 */
@NullMarked
package dev.argosy.server.webhook.call;

import org.jspecify.annotations.NullMarked;
