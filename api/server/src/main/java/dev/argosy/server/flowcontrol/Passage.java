package dev.argosy.server.flowcontrol;

import dev.argosy.server.flowcontrol.schema.Flow;
import dev.argosy.server.flowcontrol.seat.Seat;

/**
 * How one request was classified, and its seat. Whoever has it leaves the seat in the end, held or
 * not.
 */
public record Passage(Flow flow, Seat seat) {

  /** The uid of the flow schema; empty if the cluster has none. */
  public String schemaUid() {
    return flow.uid();
  }

  /** The uid of the priority level; empty if the cluster has none. */
  public String levelUid() {
    return flow.level().uid();
  }

  /**
   * Waits for the seat.
   *
   * @param nanos how long at most
   * @return whether it is held; otherwise the request is to be refused
   */
  public boolean await(long nanos) {
    return seat.await(nanos);
  }

  /** For how many seconds whoever was refused shall stay away; more while many are. */
  public int retryAfter() {
    return seat.retryAfter();
  }

  /** Whether others are to have the processor now and then. */
  public boolean givesWay() {
    return seat.givesWay();
  }

  /**
   * Rests for at most 0.3 ms, if others are to have the processor; for the pieces of long answers.
   *
   * @param nanos how long the last piece took
   */
  public void giveWay(long nanos) {
    seat.giveWay(nanos);
  }

  /** Gives the seat back; the second time does nothing. */
  public void leave() {
    seat.leave();
  }
}
