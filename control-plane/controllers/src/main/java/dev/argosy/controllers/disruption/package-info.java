/**
 * Says in the status of PodDisruptionBudgets how many pods may be evicted at this moment; the
 * eviction subresource takes from that number. {@link dev.argosy.controllers.disruption.BudgetPlan}
 * decides. {@link dev.argosy.controllers.disruption.StaleDisruptions} takes back what was said of
 * pods that were not deleted. State: what its own writes have not been seen of yet; entered by its
 * workers.
 */
@NullMarked
package dev.argosy.controllers.disruption;

import org.jspecify.annotations.NullMarked;
