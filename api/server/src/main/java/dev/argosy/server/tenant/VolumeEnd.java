package dev.argosy.server.tenant;

/** What becomes of an object of storage in a cluster that is being emptied. */
sealed interface VolumeEnd {

  /** Nothing that is not in the cluster depends on it: it goes as any other object. */
  record Goes() implements VolumeEnd {}

  /**
   * Somebody is yet to undo at a driver what it stands for, and needs it until then.
   *
   * @param why that did not work out the last time; empty if nothing is known
   */
  record Waits(String why) implements VolumeEnd {}

  /**
   * It goes, and what it stood for stays where it is.
   *
   * @param where, and for which reason
   */
  record Keeps(String where) implements VolumeEnd {}
}
