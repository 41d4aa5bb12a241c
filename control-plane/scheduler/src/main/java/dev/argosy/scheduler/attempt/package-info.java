/**
 * What one attempt to place a pod may look at, and what is told to those that wait when something
 * of it changes. Entered by the scheduler's thread only.
 */
@NullMarked
package dev.argosy.scheduler.attempt;

import org.jspecify.annotations.NullMarked;
