/**
 * Pods that run together or not at all: which pods a PodGroup has, where each of them is, whether
 * enough are there, and what wakes a gang that waits. Owned by the scheduler's thread; decides
 * nothing about nodes.
 */
@NullMarked
package dev.argosy.scheduler.gang;

import org.jspecify.annotations.NullMarked;
