/**
 * The volumes that the platform makes itself: on this node, of the size that was asked for, kept
 * until nobody has them any more. {@link dev.argosy.agent.volume.disk.LocalVolumes} owns them. What
 * a volume is at any moment is told by what lies in its folder and by what is mounted, so that an
 * agent that died at any step is followed by one that goes on. One thread at a time works on a
 * volume.
 */
@NullMarked
package dev.argosy.agent.volume.disk;

import org.jspecify.annotations.NullMarked;
