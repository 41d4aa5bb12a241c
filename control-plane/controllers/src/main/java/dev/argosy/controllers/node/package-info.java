/**
 * Notices nodes that stopped reporting, taints them, and moves pods away. State: when each lease
 * was last seen to change, by this process's clock; which nodes of each zone are ready, and whose
 * turn it is to lose its pods. Written by the informer's thread, read by workers.
 */
@NullMarked
package dev.argosy.controllers.node;

import org.jspecify.annotations.NullMarked;
