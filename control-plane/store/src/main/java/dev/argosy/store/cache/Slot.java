package dev.argosy.store.cache;

/**
 * One event in the ring.
 *
 * @param sequence its number, counted from the start of the cache
 * @param nodeName of the new state
 * @param previousNodeName of the state before
 * @param tree the state after the event's whole revision
 * @param millis when it came, for its age
 */
record Slot(
    long sequence,
    CacheEvent event,
    String nodeName,
    String previousNodeName,
    ObjectTree tree,
    long millis) {

  long revision() {
    return event.revision();
  }
}
