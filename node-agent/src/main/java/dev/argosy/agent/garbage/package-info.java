/**
 * What nobody needs any more: images that no pod uses, containers that have ended, and files of
 * pods that have. {@link UnusedImages} decides; the {@link GarbageLoop}'s thread clears away, and
 * the eviction's when the disk runs full.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/#containers-images">
 *     Kubernetes: garbage collection of unused containers and images</a>
 */
@NullMarked
package dev.argosy.agent.garbage;

import org.jspecify.annotations.NullMarked;
