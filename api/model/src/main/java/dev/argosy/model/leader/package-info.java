/**
 * One of many: a lease object in the API decides which process runs a control loop.
 *
 * <p>The lease in the store is the truth; each {@link dev.argosy.model.leader.LeaderElection} owns
 * what it has seen of it, on one virtual thread.
 */
@NullMarked
package dev.argosy.model.leader;

import org.jspecify.annotations.NullMarked;
