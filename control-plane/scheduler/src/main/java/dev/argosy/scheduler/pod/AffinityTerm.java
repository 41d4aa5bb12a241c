package dev.argosy.scheduler.pod;

/**
 * Wants a pod near other pods, or far from them.
 *
 * @param kind near or far, must or rather
 * @param weight of those that say rather; 1 otherwise
 * @param pods which others
 * @param topologyKey the label whose values are the domains
 */
public record AffinityTerm(Kind kind, int weight, Selection pods, String topologyKey) {

  /** What a term asks for. */
  public enum Kind {
    NEAR,
    FAR,
    RATHER_NEAR,
    RATHER_FAR
  }
}
