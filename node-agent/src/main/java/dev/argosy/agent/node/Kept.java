package dev.argosy.agent.node;

/** What of a machine pods do not get. */
public record Kept(long cpuThousandths, long memoryBytes, long diskBytes) {
  public static final Kept NOTHING = new Kept(0, 0, 0);
}
