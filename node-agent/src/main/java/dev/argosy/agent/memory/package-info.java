/**
 * Memory of certain NUMA nodes for containers of Guaranteed pods: kubelet's memory manager with the
 * static policy. {@link dev.argosy.agent.memory.MemoryLedger} decides and holds no state; {@link
 * dev.argosy.agent.memory.NodeMemory} holds who has which and keeps it in a file. Any thread.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/memory-manager/">Kubernetes:
 *     utilizing the NUMA-aware memory manager</a>
 */
@NullMarked
package dev.argosy.agent.memory;

import org.jspecify.annotations.NullMarked;
