/**
 * Processors of one's own for containers that ask for whole ones in a Guaranteed pod. {@link
 * CpuLedger} and {@link CpuChoice} decide and hold no state; {@link ExclusiveCpus} holds who has
 * which, keeps it in a file, and tells the engine. Any thread.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/cpu-management-policies/">
 *     Kubernetes: control CPU management policies on the node</a>
 */
@NullMarked
package dev.argosy.agent.cpu;

import org.jspecify.annotations.NullMarked;
