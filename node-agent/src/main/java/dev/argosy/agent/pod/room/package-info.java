/**
 * Whether there is room on the node for one more pod: kubelet's {@code OutOf…} rejections, and whom
 * a critical pod takes the place of. {@link dev.argosy.agent.pod.room.Demand}, {@link
 * dev.argosy.agent.pod.room.Shortage} and {@link dev.argosy.agent.pod.room.Preemption} are pure;
 * {@link dev.argosy.agent.pod.room.NodeSpace} knows which pods were taken. Any thread.
 */
@NullMarked
package dev.argosy.agent.pod.room;

import org.jspecify.annotations.NullMarked;
