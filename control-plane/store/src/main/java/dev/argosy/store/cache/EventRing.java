package dev.argosy.store.cache;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of one resource, numbered without gaps, each with the tree that it led to. One
 * thread at a time writes; any thread reads without a lock: a slot carries its number, so a reader
 * sees by itself that what it looks for has been overwritten.
 */
final class EventRing {

  private static final int FIRST_CAPACITY = 64;

  /**
   * Where history begins: all events above the revision are here, the tree is the state at it.
   *
   * @param tail the sequence of the oldest event kept
   */
  private record Floor(long tail, long revision, ObjectTree tree) {}

  private final int capacityLimit;
  private final long historyMillis;
  private final Clock clock;
  private volatile AtomicReferenceArray<@Nullable Slot> slots =
      new AtomicReferenceArray<>(FIRST_CAPACITY);
  private volatile Floor floor = new Floor(0, 0, ObjectTree.EMPTY);
  private volatile long head;
  private volatile long states;

  EventRing(CacheLimits limits, Clock clock) {
    this.capacityLimit = Math.max(FIRST_CAPACITY, Integer.highestOneBit(limits.events() * 2 - 1));
    this.historyMillis = limits.history().toMillis();
    this.clock = clock;
  }

  /** Begins history here; what was is forgotten. */
  void restart(long revision, ObjectTree tree) {
    long next = head;
    floor = new Floor(next, revision, tree);
    slots = new AtomicReferenceArray<>(FIRST_CAPACITY);
  }

  /** The sequence that the next event gets; all events below it can be read. */
  long head() {
    return head;
  }

  /** The sequence of the oldest event kept. */
  long tail() {
    return floor.tail;
  }

  /** The revision above which all events are kept. */
  long floorRevision() {
    return floor.revision;
  }

  /** Puts an event behind all others. It is not to be seen before {@link #publish}. */
  void append(Slot slot) {
    long sequence = slot.sequence();
    makeRoom(sequence, slot.millis());
    AtomicReferenceArray<@Nullable Slot> array = slots;
    array.set(index(array, sequence), slot);
  }

  /** Shows all events below this sequence. */
  void publish(long end) {
    head = end;
  }

  long millis() {
    return clock.millis();
  }

  /** The event of a sequence, or null if it is no longer kept. */
  @Nullable Slot get(long sequence) {
    AtomicReferenceArray<@Nullable Slot> array = slots;
    Slot slot = array.get(index(array, sequence));
    return slot != null && slot.sequence() == sequence ? slot : null;
  }

  /** The sequence of the first event above a revision, or -1 if history does not reach there. */
  long firstAbove(long revision) {
    while (true) {
      Floor start = floor;
      if (revision < start.revision) {
        return -1;
      }
      long found = search(start.tail, head, revision);
      if (found >= 0) {
        return found;
      }
    }
  }

  /** The state at a revision that this ring has reached, if history reaches back there. */
  Optional<ObjectTree> treeAt(long revision) {
    while (true) {
      Floor start = floor;
      if (revision < Math.max(start.revision, states)) {
        return Optional.empty();
      }
      long above = search(start.tail, head, revision);
      if (above == start.tail) {
        return Optional.of(start.tree);
      }
      Slot last = above < 0 ? null : get(above - 1);
      if (last != null) {
        return Optional.of(last.tree());
      }
    }
  }

  /**
   * Forgets what is too old and not needed; for times without events.
   *
   * @param old the states below are too old to be shown, even if nothing changed since; 0: none
   */
  void expire(long old) {
    states = Math.max(states, old);
    long now = clock.millis();
    while (floor.tail < head && tooOld(get(floor.tail), now)) {
      evict();
    }
  }

  /** Binary search; -1 if the writer took slots away meanwhile. */
  private long search(long from, long to, long revision) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Slot slot = get(middle);
      if (slot == null) {
        return -1;
      }
      if (slot.revision() > revision) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void makeRoom(long sequence, long now) {
    while (floor.tail < head && tooOld(get(floor.tail), now)) {
      evict();
    }
    if (sequence - floor.tail >= slots.length()) {
      if (slots.length() < capacityLimit) {
        grow(sequence);
      } else {
        evict();
      }
    }
  }

  private boolean tooOld(@Nullable Slot slot, long now) {
    return slot == null || now - slot.millis() > historyMillis;
  }

  /** Takes the oldest event away. The floor goes first, so that no reader searches below it. */
  private void evict() {
    long tail = floor.tail;
    Slot oldest = get(tail);
    if (oldest != null) {
      floor = new Floor(tail + 1, oldest.revision(), oldest.tree());
      slots.set(index(slots, tail), null);
    } else {
      floor = new Floor(tail + 1, floor.revision, floor.tree);
    }
  }

  private void grow(long end) {
    AtomicReferenceArray<@Nullable Slot> old = slots;
    AtomicReferenceArray<@Nullable Slot> larger = new AtomicReferenceArray<>(old.length() * 2);
    for (long sequence = floor.tail; sequence < end; sequence++) {
      larger.set(index(larger, sequence), old.get(index(old, sequence)));
    }
    slots = larger;
  }

  private static int index(AtomicReferenceArray<?> array, long sequence) {
    return (int) (sequence & (array.length() - 1));
  }
}
