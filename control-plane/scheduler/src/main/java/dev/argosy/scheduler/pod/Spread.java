package dev.argosy.scheduler.pod;

/**
 * A topology spread constraint (the Kubernetes page "Pod Topology Spread Constraints").
 *
 * @param topologyKey the label whose values are the domains
 * @param hard whether a node that violates it is out of the question
 * @param minDomains fewer domains than these count as if one were empty
 * @param honorAffinity whether only nodes count that the pod's node affinity and selector allow
 * @param honorTaints whether only nodes count whose taints the pod tolerates
 */
public record Spread(
    String topologyKey,
    int maxSkew,
    boolean hard,
    int minDomains,
    boolean honorAffinity,
    boolean honorTaints,
    Selection pods) {}
