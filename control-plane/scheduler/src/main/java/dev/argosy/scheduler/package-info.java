/**
 * Finds a node for every pod: snapshot, filters that explain themselves, scores, binding.
 *
 * <p>{@link dev.argosy.scheduler.SchedulerService} is the door. One owner thread ({@link
 * dev.argosy.scheduler.SchedulerLoop}) holds all state; informers, timers and bindings reach it
 * through its mailbox only. Sees clusters through {@code ApiClient} only.
 */
@NullMarked
package dev.argosy.scheduler;

import org.jspecify.annotations.NullMarked;
