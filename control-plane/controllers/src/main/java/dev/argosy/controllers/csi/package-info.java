/**
 * What the loops of CSI volumes know in common: volumes, attachments, what drivers and nodes say of
 * themselves; and the port to a driver's controller service. Values and images only; the loops are
 * in the packages below. VolumeAttachments live in the cluster of their PersistentVolume, CSINodes
 * in root; a CSIDriver of root counts before one of the volume's cluster.
 */
@NullMarked
package dev.argosy.controllers.csi;

import org.jspecify.annotations.NullMarked;
