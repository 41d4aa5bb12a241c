/**
 * The Pod Security Standards: which pods a namespace takes, by its labels. Pure checks of a pod
 * against a level and a version, and one admission step that asks them. Keeps no state; request
 * threads enter it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security
 *     Standards</a>
 */
@NullMarked
package dev.argosy.server.admission.podsecurity;

import org.jspecify.annotations.NullMarked;
