/**
 * The server's end of the nodes' tunnels: which nodes are connected to this API server, and opening
 * streams to them.
 *
 * <p>State: one session per connected node, in {@link dev.argosy.server.tunnel.NodeTunnels}, for as
 * long as the connection lives; nothing is stored. An agent connects to every API server it knows,
 * so that each of them can serve every pod. Any thread may open streams.
 */
@NullMarked
package dev.argosy.server.tunnel;

import org.jspecify.annotations.NullMarked;
