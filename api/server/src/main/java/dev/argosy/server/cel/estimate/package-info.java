/**
 * What an expression can cost at most, told before it ever runs from the largest sizes that its
 * variables' shapes allow; by the rules of cel-go's cost checker, with which Kubernetes decides
 * which rules a CRD may have. Without state; {@link CostEstimate} is the door.
 */
@NullMarked
package dev.argosy.server.cel.estimate;

import org.jspecify.annotations.NullMarked;
