/**
 * Where on the machine a container's scarce things lie: what has processors, memory or devices of
 * its own is to have them on the same NUMA nodes. {@link dev.argosy.agent.topology.Hint}, {@link
 * dev.argosy.agent.topology.Hints} and {@link dev.argosy.agent.topology.TopologyPolicy} are pure;
 * {@link dev.argosy.agent.topology.Placement} is the check at the door that asks those who give
 * ({@link dev.argosy.agent.topology.Aligned}). Any thread.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/topology-manager/">Kubernetes:
 *     control topology management policies on a node</a>
 */
@NullMarked
package dev.argosy.agent.topology;

import org.jspecify.annotations.NullMarked;
