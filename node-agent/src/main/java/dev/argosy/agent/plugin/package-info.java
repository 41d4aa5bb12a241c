/**
 * Plug-ins that register with the node by a socket in a folder, as they do with kubelet: {@link
 * dev.argosy.agent.plugin.PluginFolder} finds the sockets, asks each what it is, and tells the
 * {@link dev.argosy.agent.plugin.PluginHandler} of its type that it came or is gone. What a plug-in
 * is good for is the handlers' affair ({@code agent.csi}).
 *
 * <p>The folder is looked at every second, by one thread; each socket is spoken to on a virtual
 * thread of its own, so that one that does not answer keeps nobody waiting.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/">Kubernetes:
 *     plug-ins of nodes</a>
 */
@NullMarked
package dev.argosy.agent.plugin;

import org.jspecify.annotations.NullMarked;
