/**
 * Ranges of addresses of services that clusters have beside the platform's ({@code ServiceCIDR}):
 * ready once they cannot vanish, and kept while an address of theirs is in use that no other range
 * has. The server gives the addresses; it relies on what is said here. {@link
 * dev.argosy.controllers.servicecidr.AddressUse} decides, {@link
 * dev.argosy.controllers.servicecidr.ServiceCidrController} makes it so. State: what its own writes
 * have not been seen of yet; entered by its workers.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/">Extend Service
 *     IP Ranges</a>
 */
@NullMarked
package dev.argosy.controllers.servicecidr;

import org.jspecify.annotations.NullMarked;
