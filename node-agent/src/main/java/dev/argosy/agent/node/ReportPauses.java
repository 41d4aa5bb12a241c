package dev.argosy.agent.node;

import java.time.Duration;

/**
 * How long to wait for the next report. While the server is away pauses grow to that of a node that
 * is well, and differ from node to node, so that a server that returns is not asked by all nodes at
 * once. One thread.
 */
final class ReportPauses {

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int PARTS = 256;

  private final long part;
  private Duration next = SHORTEST;

  /**
   * @param node its name, of which its place among the others is made
   */
  ReportPauses(String node) {
    this.part = (node.hashCode() * 0x9E3779B1) >>> Byte.SIZE * 3;
  }

  /**
   * The server has answered.
   *
   * @param ready whether pods can be run; until then the node is looked at more often, so that it
   *     gets ready soon
   */
  Duration reached(boolean ready) {
    next = SHORTEST;
    return ready ? BEAT : SHORTEST;
  }

  /** It has not: between half and the whole of a pause that doubles. */
  Duration away() {
    Duration pause = next.dividedBy(2).plus(next.multipliedBy(part).dividedBy(2L * PARTS));
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(BEAT) < 0 ? twice : BEAT;
    return pause;
  }
}
