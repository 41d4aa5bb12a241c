/**
 * Volumes of CSI drivers in pods. {@link dev.argosy.agent.csi.volume.CsiVolumes} stages a volume
 * once on the node and publishes it for each pod, and takes both back. What it is about to do is
 * written down beside the mounts before it is done, so that an agent that was killed at any moment
 * finds what to take back. The folders are named as kubelet names them; drivers see them.
 *
 * <p>Workers of pods enter, one for each pod; what concerns one volume is done by one thread at a
 * time.
 */
@NullMarked
package dev.argosy.agent.csi.volume;

import org.jspecify.annotations.NullMarked;
