package dev.argosy.scheduler.pod;

import java.util.List;
import java.util.Map;

/**
 * What a pod is to other pods, and asks of them.
 *
 * @param owner the uid of its managing owner; empty if none
 * @param replicated whether that owner keeps pods that are alike, which are spread by default
 * @param spreads its topology spread constraints
 * @param terms its pod affinity and anti-affinity
 */
public record Company(
    Map<String, String> labels,
    String owner,
    boolean replicated,
    List<Spread> spreads,
    List<AffinityTerm> terms) {

  public Company {
    labels = Map.copyOf(labels);
    spreads = List.copyOf(spreads);
    terms = List.copyOf(terms);
  }

  public List<AffinityTerm> terms(AffinityTerm.Kind kind) {
    return terms.isEmpty() ? terms : terms.stream().filter(t -> t.kind() == kind).toList();
  }
}
