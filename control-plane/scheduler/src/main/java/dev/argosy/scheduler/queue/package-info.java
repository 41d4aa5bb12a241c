/**
 * Pods that wait for a node: ready to be tried, pausing after a failure, or unschedulable until
 * something changes that may help; those of suspended tenants apart. Owned by the scheduler's
 * thread.
 */
@NullMarked
package dev.argosy.scheduler.queue;

import org.jspecify.annotations.NullMarked;
