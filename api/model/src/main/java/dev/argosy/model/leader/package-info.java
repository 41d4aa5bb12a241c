/**
 * One of many: a lease object in the API decides which process runs a control loop.
 *
 * <p>The lease in the store is the truth; each {@link dev.argosy.model.leader.LeaderElection} owns
 * what it has seen of it, on one virtual thread. {@code Candidacy} decides and is pure, {@code
 * LeaseStore} reads and writes. A second object is written when a term begins; its revision is the
 * {@link dev.argosy.model.client.Fence} behind which the term writes.
 */
@NullMarked
package dev.argosy.model.leader;

import org.jspecify.annotations.NullMarked;
