/**
 * The workloads of Kubernetes' scheduler_perf, on the scheduler as it runs in a server. A {@link
 * dev.argosy.bench.scheduling.Workload} is objects and a rule; {@code Trial} runs one and measures,
 * {@code Placement} is what came of it, against which the rule is held.
 *
 * @see <a
 *     href="https://github.com/kubernetes/kubernetes/tree/master/test/integration/scheduler_perf">scheduler_perf</a>
 */
@NullMarked
package dev.argosy.bench.scheduling;

import org.jspecify.annotations.NullMarked;
