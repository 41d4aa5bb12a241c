/**
 * What the scheduler's file says: profiles and extenders, in the form of Kubernetes' {@code
 * KubeSchedulerConfiguration}. Immutable values; any thread.
 */
@NullMarked
package dev.argosy.scheduler.configuration;

import org.jspecify.annotations.NullMarked;
