package dev.argosy.server.stream;

import java.io.IOException;

/** Hears what a session shows. Never waits. */
public interface SessionTap {

  SessionTap NONE =
      new SessionTap() {
        @Override
        public void output(byte[] payload) {}

        @Override
        public void resized(byte[] payload) {}

        @Override
        public void ended(byte[] outcome) {}
      };

  /**
   * Something was shown.
   *
   * @throws IOException if the session must not go on, since this cannot be recorded
   */
  void output(byte[] payload) throws IOException;

  /** The terminal's size, as clients send it. */
  void resized(byte[] payload);

  /**
   * It is over; only the first call counts.
   *
   * @param outcome a {@code Status} as JSON
   */
  void ended(byte[] outcome);
}
