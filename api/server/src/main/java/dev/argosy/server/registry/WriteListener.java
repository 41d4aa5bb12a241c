package dev.argosy.server.registry;

/** Hears of each write that was kept. Called on the request's thread, so it must not block. */
public interface WriteListener {

  WriteListener NONE = (write, operation, revision) -> {};

  /**
   * A write was kept.
   *
   * @param operation {@code create}, {@code update} or {@code delete}: what became of the object,
   *     whatever the verb of the request was
   * @param revision the store's
   */
  void kept(Write write, String operation, long revision);
}
