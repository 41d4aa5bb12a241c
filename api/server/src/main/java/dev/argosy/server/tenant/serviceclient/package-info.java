/**
 * Programs that log in at the identity provider ({@code serviceclients} of {@code
 * tenancy.argosy.dev}). The object says what is wanted; a loop on every server makes the client
 * there and the Member that gives its user the role, and takes both away again: the role first,
 * which needs nobody else, then the client, which the finalizer waits for. Everything is safe to do
 * twice, so that servers need not know of each other, and what one left half done another ends.
 *
 * <p>The Member is written only while the service client is there and says the same, in one
 * transaction. Secrets are made by the provider, pass through the answer to {@code credentials},
 * and are kept nowhere. Requests enter on their own threads; the loop has two, which wait for the
 * provider.
 *
 * @see <a href="../../../../../../../../../docs/decisions/0056-service-clients.md">Decision
 *     0056</a>
 */
@NullMarked
package dev.argosy.server.tenant.serviceclient;

import org.jspecify.annotations.NullMarked;
