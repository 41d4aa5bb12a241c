/**
 * The network services of a node, put together: ClusterIPs and DNS for its pods.
 *
 * <p>Stateless itself; each part owns its threads and state.
 */
@NullMarked
package dev.argosy.agent.network;

import org.jspecify.annotations.NullMarked;
