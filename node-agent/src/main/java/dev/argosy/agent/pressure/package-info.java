/**
 * A node that runs short of memory, disk or process ids: what is watched, when it is too little,
 * what the node says then, and which pod must go. {@link PressureDecision} and {@link VictimOrder}
 * decide and hold no state; one thread, the {@link EvictionLoop}'s, owns what was seen before and
 * does what was decided. Others read the conditions on the {@link PressureBoard}.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/">
 *     Kubernetes: node-pressure eviction</a>
 */
@NullMarked
package dev.argosy.agent.pressure;

import org.jspecify.annotations.NullMarked;
