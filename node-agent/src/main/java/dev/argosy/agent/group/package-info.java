/**
 * Control groups of pods: one for all pods, below it one for each quality of service but the best,
 * and one for each pod, with what its containers have together. {@link GroupPlan} decides what they
 * are given; the {@link PodGroups} make them and hold which pods have one. Any thread.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Kubernetes: pod
 *     quality of service classes</a>
 */
@NullMarked
package dev.argosy.agent.group;

import org.jspecify.annotations.NullMarked;
