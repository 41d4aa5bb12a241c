/**
 * The end of the machine: how its pods get time to end before it. {@link
 * dev.argosy.agent.shutdown.MachineState} tells whether the machine goes down or only the agent,
 * which must not touch pods; {@link dev.argosy.agent.shutdown.ShutdownGrace} who gets how much
 * time. Called on the agent's main thread when it was told to end.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#graceful-node-shutdown">Graceful
 *     node shutdown</a>
 */
@NullMarked
package dev.argosy.agent.shutdown;

import org.jspecify.annotations.NullMarked;
