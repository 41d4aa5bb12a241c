package dev.argosy.server.answer;

/** What happens between the pieces of a long answer, so that others have their turn. */
public interface Pace {

  /** One piece after the other. */
  Pace EAGER =
      new Pace() {
        @Override
        public boolean rests() {
          return false;
        }

        @Override
        public void sent(long nanos) {}
      };

  /** Whether there is a reason to rest now; otherwise all goes out at once. */
  boolean rests();

  /**
   * A piece is sent; called by the thread that sent it.
   *
   * @param nanos how long that took
   */
  void sent(long nanos);
}
