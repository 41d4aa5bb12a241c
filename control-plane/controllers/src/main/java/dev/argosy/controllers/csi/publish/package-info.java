/**
 * The attacher of drivers that the platform manages: has a driver publish a volume to the node that
 * a VolumeAttachment names, and take it back when that is deleted; says so in its status. The
 * finalizer and the driver's name of the node are written before the driver is asked, so that
 * nothing stays published that nobody knows of, whoever crashes.
 */
@NullMarked
package dev.argosy.controllers.csi.publish;

import org.jspecify.annotations.NullMarked;
