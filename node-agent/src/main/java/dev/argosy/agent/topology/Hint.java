package dev.argosy.agent.topology;

/**
 * Nodes on which somebody could give what is wanted.
 *
 * @param nodes one bit for each; 0 for any
 * @param preferred whether no smaller number of nodes could ever do
 */
public record Hint(long nodes, boolean preferred) {

  static final Hint ANYWHERE = new Hint(0, true);
  static final Hint NOWHERE = new Hint(0, false);

  int size() {
    return Long.bitCount(nodes);
  }
}
