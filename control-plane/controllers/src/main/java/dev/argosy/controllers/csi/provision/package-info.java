/**
 * The provisioner of drivers that the platform manages: has a driver make a volume for a claim, and
 * delete it when the claim is gone and the volume's policy says so. A volume's name is made of its
 * claim's uid, so that asking again, by whoever leads then, does not make another. Before a driver
 * is asked the claim gets a finalizer: a claim that is deleted while nobody knows whether its
 * volume was made stays until that is known, and the volume becomes an object that is deleted like
 * any other. No state in memory.
 */
@NullMarked
package dev.argosy.controllers.csi.provision;

import org.jspecify.annotations.NullMarked;
