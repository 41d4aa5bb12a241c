/**
 * Log files as CRI runtimes write them: where they lie, how they are rotated, and how they are
 * read. A reader belongs to one thread; anyone may close it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/cluster-administration/logging/#log-rotation">Log
 *     rotation</a>
 */
@NullMarked
package dev.argosy.agent.runtime.cri.log;

import org.jspecify.annotations.NullMarked;
