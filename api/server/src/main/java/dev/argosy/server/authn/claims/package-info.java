/**
 * What an identity provider's claims mean here: the structured authentication configuration of
 * Kubernetes, read from a file ({@link dev.argosy.server.authn.claims.AuthenticationFile}) and
 * compiled ({@link dev.argosy.server.authn.claims.ClaimsReader}). A file is taken as a whole or not
 * at all, and then all that is wrong with it is told. Values only; no state, no thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration">Kubernetes:
 *     Structured Authentication Configuration</a>
 */
@NullMarked
package dev.argosy.server.authn.claims;

import org.jspecify.annotations.NullMarked;
