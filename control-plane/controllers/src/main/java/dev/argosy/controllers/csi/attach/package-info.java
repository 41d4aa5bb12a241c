/**
 * Decides which CSI volumes are attached to which nodes: those that pods there use. It makes and
 * deletes VolumeAttachments, and keeps {@code status.volumesAttached} of nodes; who really attaches
 * them is told by these. Keys are volumes of one cluster ({@code DRIVER^HANDLE}), so that two nodes
 * never get one by two workers at once. {@link dev.argosy.controllers.csi.attach.AttachPlan}
 * decides. State: since when what is not used waits, and what was told of; a new leader begins both
 * anew.
 *
 * <p>An agent writes {@code volumesInUse} before it reads {@code volumesAttached}; here an entry is
 * taken from {@code volumesAttached} first, and a volume that is in use by that very state of the
 * node is not detached. So a volume cannot go while an agent begins to mount it.
 */
@NullMarked
package dev.argosy.controllers.csi.attach;

import org.jspecify.annotations.NullMarked;
