/**
 * Whose turn it is: what each logical cluster uses of all nodes, what is guaranteed to it, and in
 * which order their waiting pods are tried. Nothing of it is kept anywhere; it follows from nodes,
 * pods, tenants and quotas. Owned by the scheduler's thread. Knows pods and nodes, but neither the
 * queue nor how places are found.
 */
@NullMarked
package dev.argosy.scheduler.share;

import org.jspecify.annotations.NullMarked;
