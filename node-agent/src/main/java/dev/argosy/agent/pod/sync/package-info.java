/**
 * Keeps the pods of this node running: one worker, on a virtual thread, for each pod. A worker
 * looks at the engine, lets {@link dev.argosy.agent.pod.plan.PodPlanner} decide, applies, reports,
 * and waits for a reason to look again. It alone touches its pod's containers, files and memory;
 * others only wake it.
 */
@NullMarked
package dev.argosy.agent.pod.sync;

import org.jspecify.annotations.NullMarked;
