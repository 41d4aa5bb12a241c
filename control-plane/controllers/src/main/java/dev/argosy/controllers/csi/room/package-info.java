/**
 * Tells where drivers that the platform manages have room for volumes: CSIStorageCapacities for the
 * classes of every cluster, by which pods go where their volumes can be made. One loop asks
 * drivers, once for all clusters with like classes; another writes down for each class what they
 * said. A cluster without such a class costs nothing. What was said is in memory, and asked anew by
 * who leads next; meanwhile what is written stays.
 */
@NullMarked
package dev.argosy.controllers.csi.room;

import org.jspecify.annotations.NullMarked;
