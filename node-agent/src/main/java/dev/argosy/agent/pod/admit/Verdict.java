package dev.argosy.agent.pod.admit;

import java.time.Duration;

/**
 * A pod that was begun ends as {@code Failed}, once nothing of it runs any more.
 *
 * @param reason as in {@code status.reason}, for example {@code Evicted}
 * @param message as in {@code status.message}
 * @param grace how long its containers have at most, whatever the pod itself allows
 * @param disruption whether the pod gets the condition {@code DisruptionTarget}: it did nothing
 *     wrong
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/">Kubernetes: pod
 *     disruption conditions</a>
 */
public record Verdict(String reason, String message, Duration grace, boolean disruption)
    implements Word {}
