/**
 * Which node is the best one for pods that come often and ask for nothing but nodes: kept from pod
 * to pod, so that the next one costs what has changed, not how many nodes there are. One thread.
 */
@NullMarked
package dev.argosy.scheduler.rank;

import org.jspecify.annotations.NullMarked;
