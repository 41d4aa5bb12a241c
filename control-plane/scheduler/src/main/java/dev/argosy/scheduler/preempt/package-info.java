/**
 * Which pods must go so that a more important one of their cluster can run: the Kubernetes page
 * "Pod Priority and Preemption"; and which so that a tenant has what is guaranteed to it ({@link
 * dev.argosy.scheduler.preempt.Reclaim}). Decides only; entered by the scheduler's thread.
 */
@NullMarked
package dev.argosy.scheduler.preempt;

import org.jspecify.annotations.NullMarked;
