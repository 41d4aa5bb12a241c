/**
 * Who asks: client certificates, service-account tokens, OpenID Connect tokens, bootstrap tokens,
 * in the words and with the names of Kubernetes.
 *
 * <p>A checked token is remembered by its hash until it expires (bounded); what can end earlier, a
 * bound object, is looked up on every request. A bad token is always refused, also where anonymous
 * requests are let through. Tokens and keys are never logged.
 *
 * <p>State: the memory of checked tokens and each issuer's keys, both safe for many threads. Only a
 * token of a new issuer key makes a thread wait for the network.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/">Kubernetes:
 *     Authenticating</a>
 */
@NullMarked
package dev.argosy.server.authn;

import org.jspecify.annotations.NullMarked;
