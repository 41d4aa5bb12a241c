package dev.argosy.server.answer;

/** What happens between the pieces of a long answer, so that others have their turn. */
@FunctionalInterface
public interface Pace {

  /** One piece after the other. */
  Pace EAGER = nanos -> {};

  /**
   * A piece is sent; called by the thread that sent it.
   *
   * @param nanos how long that took
   */
  void sent(long nanos);
}
