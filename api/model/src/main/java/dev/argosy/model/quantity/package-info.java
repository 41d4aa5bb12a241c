/**
 * Amounts of resources as the API writes them: {@code 100m}, {@code 1.5Gi}, {@code 12e6}. Immutable
 * values; any thread may use them.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">
 *     Quantity</a>
 */
@NullMarked
package dev.argosy.model.quantity;

import org.jspecify.annotations.NullMarked;
