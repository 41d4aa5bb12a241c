/**
 * What pods keep on the node's disk, and the limits on it: writable layers, logs, and volumes that
 * end with the pod. Counting costs, so only pods with a limit are counted, once a minute; all are
 * when the disk runs full. One thread owns the counting for limits.
 *
 * @see <a href=
 *     "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage">
 *     Kubernetes: local ephemeral storage</a>
 */
@NullMarked
package dev.argosy.agent.storage;

import org.jspecify.annotations.NullMarked;
