/**
 * Who asks: client certificates, service-account tokens, OpenID Connect tokens, bootstrap tokens,
 * whatever a webhook knows, and users that a proxy names; in the words and with the names of
 * Kubernetes.
 *
 * <p>A checked token is remembered by its hash until it expires (bounded); what can end earlier, a
 * bound object, is looked up on every request. A bad token is always refused, also where anonymous
 * requests are let through. Tokens and keys are never logged.
 *
 * <p>State: the memory of checked tokens and each issuer's keys, both safe for many threads. Only a
 * token of a new issuer key, or one that a webhook must be asked about, makes a thread wait for the
 * network. {@link dev.argosy.server.authn.TokenSecrets} has three threads of its own, whatever the
 * number of clusters.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/">Kubernetes:
 *     Authenticating</a>
 */
@NullMarked
package dev.argosy.server.authn;

import org.jspecify.annotations.NullMarked;
