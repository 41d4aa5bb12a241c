/**
 * The service proxy of a node: ClusterIPs and node ports as one nftables table of flat maps.
 *
 * <p>{@link dev.argosy.agent.network.service.ServiceRules} decides (pure: services and endpoint
 * slices in, a {@link dev.argosy.agent.network.service.RuleSet} out; {@code Choice} finds the
 * endpoints that are near), {@code NftScript} words a rule set or the difference of two, {@code
 * NftTable} applies. State: the kernel's table {@code ip argosy-services} and the last rule set
 * that was applied, owned by the one thread of {@link
 * dev.argosy.agent.network.service.ServiceProxy}. The size of the rules does not grow with the
 * services, only the maps do.
 */
@NullMarked
package dev.argosy.agent.network.service;

import org.jspecify.annotations.NullMarked;
