/**
 * Log files as CRI runtimes write them: where they lie, how they are rotated, and what their lines
 * look like. They are read by {@code runtime.log}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/cluster-administration/logging/#log-rotation">Log
 *     rotation</a>
 */
@NullMarked
package dev.argosy.agent.runtime.cri.log;

import org.jspecify.annotations.NullMarked;
