/**
 * What the agent measures of itself, in the form that Prometheus reads. {@code AgentMetrics} keeps
 * what is counted, from any thread; {@code MetricText} writes pages; {@code MeasuredCalls} counts
 * the calls to the container engine. Names are kubelet's where it measures the same.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/metrics/">Kubernetes'
 *     metrics</a>
 */
@NullMarked
package dev.argosy.agent.metric;

import org.jspecify.annotations.NullMarked;
