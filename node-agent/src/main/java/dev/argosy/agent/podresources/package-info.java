/**
 * Tells programs of the machine which pod has which devices, processors and memory: kubelet's
 * pod-resources interface, {@code v1}, which exporters of GPUs' metrics ask. It keeps no state;
 * each call has a thread of its own.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/#monitoring-device-plugin-resources">
 *     Kubernetes: monitoring device plugin resources</a>
 */
@NullMarked
package dev.argosy.agent.podresources;

import org.jspecify.annotations.NullMarked;
