/**
 * Keeps one pod of a DaemonSet on each node that it fits. A logical cluster sees the nodes of its
 * pools only, and so do its DaemonSets. {@link dev.argosy.controllers.daemonset.DaemonPlan} decides
 * on immutable views, one class applies. State: what its own writes have not been seen of yet;
 * entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.daemonset;

import org.jspecify.annotations.NullMarked;
