/**
 * The node's DNS server for its pods. Each pod is answered from its own tenant's view, told apart
 * by its address; names outside of {@code cluster.local} go to the node's resolvers.
 *
 * <p>{@link dev.argosy.agent.network.dns.ClusterZone} decides answers (pure, over a {@link
 * dev.argosy.agent.network.dns.ServiceDirectory}); {@code DnsServer} owns the sockets and serves
 * each question on a virtual thread. Messages are encoded by dnsjava.
 *
 * @see <a href="https://github.com/kubernetes/dns/blob/master/docs/specification.md">Kubernetes
 *     DNS-Based Service Discovery</a>
 */
@NullMarked
package dev.argosy.agent.network.dns;

import org.jspecify.annotations.NullMarked;
