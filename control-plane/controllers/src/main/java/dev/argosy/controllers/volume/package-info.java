/**
 * Brings volume claims and volumes together, makes volumes for claims of the class that the
 * platform has itself, hands others to their provisioners, and keeps what is in use from going.
 * {@link dev.argosy.controllers.volume.Binding} decides. A bound pair names each other; the volume
 * is written first, so that a crash in between is finished later. State: what its own writes have
 * not been seen of yet; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.volume;

import org.jspecify.annotations.NullMarked;
