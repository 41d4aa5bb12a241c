/**
 * Keeps the numbered pods of StatefulSets and the volume claims that belong to them. {@link
 * dev.argosy.controllers.statefulset.SetPlan} decides on immutable views, one class applies. State:
 * what its own writes have not been seen of yet; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.statefulset;

import org.jspecify.annotations.NullMarked;
