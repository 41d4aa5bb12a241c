/**
 * The network of this node's pods: a veth pair and an address from the node's subnet for each,
 * routed without a bridge, and the rules that let their traffic pass. Addresses are kept as files,
 * so that a restarted agent knows them; {@link dev.argosy.agent.network.pod.AddressPool} owns them.
 * Any thread may call.
 */
@NullMarked
package dev.argosy.agent.network.pod;

import org.jspecify.annotations.NullMarked;
