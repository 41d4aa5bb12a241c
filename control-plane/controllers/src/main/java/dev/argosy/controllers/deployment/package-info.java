/**
 * Rolls a Deployment's pods from one template to the next by way of ReplicaSets. All decisions are
 * pure functions of a {@link dev.argosy.controllers.deployment.Rollout}; one class applies them.
 * State: what its own writes have not been seen of yet; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.deployment;

import org.jspecify.annotations.NullMarked;
