/**
 * The port through which every part of Argosy sees a cluster: {@link
 * dev.argosy.model.client.ApiClient}. Scheduler, controllers, console and node agent use nothing
 * else, so admission and access rules hold for all of them.
 *
 * <p>Implemented in process by the API server (straight into registry and watch cache) and over
 * HTTP by the node agent. Implementations may be called from any thread; calls block.
 */
@NullMarked
package dev.argosy.model.client;

import org.jspecify.annotations.NullMarked;
