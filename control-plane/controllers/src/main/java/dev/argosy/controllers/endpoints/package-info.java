/**
 * Where a Service's traffic may go: Endpoints and EndpointSlices. Decides on immutable views, then
 * applies. State: what its own writes have not been seen of yet; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.endpoints;

import org.jspecify.annotations.NullMarked;
