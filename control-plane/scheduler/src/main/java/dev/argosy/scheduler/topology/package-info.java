/**
 * How many pods of a kind are in each domain of a topology, counted as pods come and go, so that
 * asking costs the same however many pods there are. Owned by the scheduler's thread.
 */
@NullMarked
package dev.argosy.scheduler.topology;

import org.jspecify.annotations.NullMarked;
