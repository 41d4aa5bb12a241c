/**
 * Structural schemas of custom resources: read once from a definition into an immutable tree of
 * {@link Schema}, then used to prune, default and validate objects. Messages and paths are those of
 * Kubernetes.
 *
 * <p>No state; everything here is immutable or belongs to one call. Any thread may enter. Knows
 * JSON and nothing of stores, clusters or requests.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">
 *     Structural schemas</a>
 */
@NullMarked
package dev.argosy.server.custom.schema;

import org.jspecify.annotations.NullMarked;
