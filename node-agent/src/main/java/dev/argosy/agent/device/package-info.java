/**
 * Devices of the machine that plug-ins offer: kubelet's device-plugin interface, {@code v1beta1}.
 * {@link dev.argosy.agent.device.DeviceLedger} and {@link dev.argosy.agent.device.DeviceChoice}
 * decide and hold no state. {@link dev.argosy.agent.device.DeviceNotes} holds who has which and
 * keeps it in a file, {@link dev.argosy.agent.device.DeviceOffers} what plug-ins offer; {@link
 * dev.argosy.agent.device.Devices} puts both together. {@link
 * dev.argosy.agent.device.PluginRegistry} listens for plug-ins, and each has a {@link
 * dev.argosy.agent.device.PluginSession} that follows what it says. Any thread; nobody waits for a
 * plug-in but the pod that wants its devices, and those that come after it to the door.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/">
 *     Kubernetes: device plugins</a>
 */
@NullMarked
package dev.argosy.agent.device;

import org.jspecify.annotations.NullMarked;
