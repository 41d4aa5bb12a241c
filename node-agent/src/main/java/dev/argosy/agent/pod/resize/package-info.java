/**
 * What containers of a running pod may have, and what they have: the resources the node granted,
 * which can lag behind the specification, those that the engine was last told, and whether the node
 * has room for more. Values are immutable; the one table of the node's room is guarded by its own
 * lock. Any thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/">
 *     Resize CPU and Memory Resources assigned to Containers</a>
 */
@NullMarked
package dev.argosy.agent.pod.resize;

import org.jspecify.annotations.NullMarked;
