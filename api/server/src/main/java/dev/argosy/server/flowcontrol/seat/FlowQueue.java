package dev.argosy.server.flowcontrol.seat;

import java.util.ArrayDeque;
import java.util.Comparator;

/**
 * The requests that wait in one queue of a level, first come first served, and what the queue has
 * used. Work is counted in seats times nanoseconds. There while it waits or is served.
 */
final class FlowQueue {

  /** How long a request is taken to last until it has ended. */
  static final long GUESS = 3_000_000;

  /** By virtual finish of what comes next; whoever was served longer ago goes first. */
  static final Comparator<FlowQueue> ORDER =
      Comparator.<FlowQueue>comparingLong(queue -> queue.finish)
          .thenComparingLong(queue -> queue.served);

  final int index;
  private final ArrayDeque<Seat> waiting = new ArrayDeque<>();
  private int load;
  private int executing;

  /** The virtual time up to which its work is paid for; the next request starts there. */
  private long next;

  private long finish;
  private long served;

  FlowQueue(int index, long virtualNow, long turn) {
    this.index = index;
    this.next = virtualNow;
    this.served = turn;
  }

  /** To be called, outside of ordered sets, whenever the head or the paid work has changed. */
  void retag() {
    Seat head = waiting.peekFirst();
    if (head != null) {
      next = Math.max(next, head.arrival());
      finish = next + head.width() * GUESS;
    }
  }

  void add(Seat seat) {
    waiting.addLast(seat);
    load += seat.width();
  }

  /** Whether it was there. */
  boolean remove(Seat seat) {
    boolean there = waiting.remove(seat);
    load -= there ? seat.width() : 0;
    return there;
  }

  /** What is served next; there is something. */
  Seat head() {
    return waiting.getFirst();
  }

  int length() {
    return waiting.size();
  }

  /** Takes the head out for service; answers its virtual start. */
  long serve(long turn) {
    Seat head = waiting.removeFirst();
    load -= head.width();
    long start = next;
    next += head.width() * GUESS;
    served = turn;
    executing++;
    return start;
  }

  /** Pays what a request really took. */
  void ended(int width, long nanos) {
    executing--;
    next += width * (nanos - GUESS);
  }

  /** How much waits, in seats. */
  int load() {
    return load;
  }

  boolean idle() {
    return waiting.isEmpty() && executing == 0;
  }
}
