/**
 * Keeps the number of pods that a ReplicaSet asks for. Decides on immutable views ({@link
 * dev.argosy.controllers.replicaset.ReplicaSetPlan}), then applies. State: what its own writes have
 * not been seen of yet; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.replicaset;

import org.jspecify.annotations.NullMarked;
