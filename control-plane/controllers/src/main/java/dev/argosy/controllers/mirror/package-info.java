/**
 * Shows Endpoints that users keep themselves as EndpointSlices, for Services without a selector.
 * {@link dev.argosy.controllers.mirror.Mirrored} says what slices there should be, {@link
 * dev.argosy.controllers.mirror.MirrorController} makes it so. State: what its own writes have not
 * been seen of yet; entered by its workers.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#endpointslice-mirroring">
 *     EndpointSlice mirroring</a>
 */
@NullMarked
package dev.argosy.controllers.mirror;

import org.jspecify.annotations.NullMarked;
