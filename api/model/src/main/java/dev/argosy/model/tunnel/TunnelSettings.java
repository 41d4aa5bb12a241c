package dev.argosy.model.tunnel;

import java.time.Duration;

/**
 * Limits of a session. Both sides must agree on {@code window}.
 *
 * @param window bytes of a stream that may be under way unread, to begin with
 * @param maxStreams streams that the peer may have open at once; more are reset
 * @param pingInterval how often to ask for a sign of life
 * @param silentPings after so many unanswered pings in a row the session is given up
 */
public record TunnelSettings(int window, int maxStreams, Duration pingInterval, int silentPings) {

  public static final TunnelSettings DEFAULT =
      new TunnelSettings(256 * 1024, 512, Duration.ofSeconds(10), 3);

  public TunnelSettings {
    if (window < 1024 || maxStreams < 1 || silentPings < 1 || !pingInterval.isPositive()) {
      throw new IllegalArgumentException("a tunnel needs a window, streams and a ping interval");
    }
  }
}
