/**
 * The door through which the control plane calls the controller services of drivers that run on
 * this node: JSON in the form of ProtoJSON, over the node's tunnel. One table says which messages
 * pass and what their fields are.
 */
@NullMarked
package dev.argosy.agent.csi.door;

import org.jspecify.annotations.NullMarked;
