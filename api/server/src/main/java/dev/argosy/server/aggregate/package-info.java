/**
 * API servers of tenants behind {@code APIService} objects: which there are, whether they are
 * there, what they serve; requests for their group versions are led on to them.
 *
 * <p>State: the registrations of clusters that have any, as their watch cache shows them, and the
 * documents last fetched from them, bounded. Request threads read; one thread follows the
 * registrations of all clusters, and each cluster with registrations is looked at by one virtual
 * thread at a time, which ends after the look. Clusters without registrations cost nothing.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/">API
 *     aggregation layer</a>
 */
@NullMarked
package dev.argosy.server.aggregate;

import org.jspecify.annotations.NullMarked;
