/**
 * Deletes requests for certificates that have served their time, so that they do not pile up. Owns
 * no state but the queues of their keys; entered by its workers.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#request-signing-process">
 *     Certificate Signing Requests</a>
 */
@NullMarked
package dev.argosy.controllers.certificate;

import org.jspecify.annotations.NullMarked;
