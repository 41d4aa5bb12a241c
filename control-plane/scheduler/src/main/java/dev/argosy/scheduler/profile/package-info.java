/**
 * How pods that name a scheduler are scheduled: which filters and scores count for them, and how.
 * Read from the file of Kubernetes' scheduler ({@link
 * dev.argosy.scheduler.configuration.ConfigurationFile}). Immutable values; any thread.
 *
 * @see <a href="https://kubernetes.io/docs/reference/scheduling/config/">Kubernetes: Scheduler
 *     Configuration</a>
 */
@NullMarked
package dev.argosy.scheduler.profile;

import org.jspecify.annotations.NullMarked;
