/**
 * How the API says no: the {@code Status} of Kubernetes as a value, its reasons and causes.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>
 */
@NullMarked
package dev.argosy.model.status;

import org.jspecify.annotations.NullMarked;
