/**
 * The container runtime behind the Container Runtime Interface (CRI v1): containerd, CRI-O and what
 * they run. The runtime owns all state; what it does not tell again of a sandbox or container is
 * kept with it as annotations. Log files are the agent's: {@link
 * dev.argosy.agent.runtime.cri.CriLogs} names, rotates and removes them.
 *
 * <p>Numbers of fields are those of the public interface; each stands beside its name once.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/cri/">Container Runtime
 *     Interface</a>
 */
@NullMarked
package dev.argosy.agent.runtime.cri;

import org.jspecify.annotations.NullMarked;
