package dev.argosy.scheduler.attempt;

import java.util.HashMap;
import java.util.Map;

/**
 * What others than the scheduler say of where a pod may go.
 *
 * @param marks the nodes where it may, and by how much each gains
 * @param refused other nodes, and why not there
 * @param others whether it may go to nodes about which nobody was asked
 */
public record Advice(Map<String, Long> marks, Map<String, String> refused, boolean others) {

  /** Nobody was asked about any node. */
  public static final Advice NONE = new Advice(Map.of(), Map.of(), false);

  public Advice {
    marks = Map.copyOf(marks);
    refused = Map.copyOf(refused);
  }

  /** The same, as if nobody had to be asked about nodes that are to become free. */
  public Advice forRoomToBeMade() {
    return new Advice(marks, refused, true);
  }

  /** This, and what was said of other nodes. */
  public Advice and(Advice more) {
    Map<String, Long> allMarks = new HashMap<>(marks);
    allMarks.putAll(more.marks);
    Map<String, String> allRefused = new HashMap<>(refused);
    allRefused.putAll(more.refused);
    return new Advice(allMarks, allRefused, others);
  }

  /** The same, for nodes about which somebody was asked only. */
  public Advice forNodesAskedAbout() {
    return new Advice(marks, refused, false);
  }
}
