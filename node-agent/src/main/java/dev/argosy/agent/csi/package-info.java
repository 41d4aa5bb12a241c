/**
 * Storage drivers that speak CSI 1.x at a socket of this node. {@link dev.argosy.agent.csi.Drivers}
 * takes those that register in the folder of plug-ins and asks them what they can; {@code
 * CsiNodeReport} tells the API of them (CSINode, topology labels). What pods mount from them is
 * {@code volume}, what the control plane asks of their controllers {@code door}.
 *
 * <p>Messages are written by the field numbers of the specification. Any thread may call a driver;
 * secrets are in the messages to it and nowhere else.
 *
 * @see <a href="https://github.com/container-storage-interface/spec/blob/master/spec.md">CSI</a>
 */
@NullMarked
package dev.argosy.agent.csi;

import org.jspecify.annotations.NullMarked;
