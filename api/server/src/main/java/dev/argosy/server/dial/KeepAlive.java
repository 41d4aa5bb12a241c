package dev.argosy.server.dial;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/**
 * Notices within a minute that the other side is no longer there, even if there is nothing to say.
 */
final class KeepAlive {

  /** After silence of the first, every so many seconds, that often. */
  private static final Map<SocketOption<Integer>, Integer> TIMES =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 15,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 15,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  private KeepAlive() {}

  static void on(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (Map.Entry<SocketOption<Integer>, Integer> time : TIMES.entrySet()) {
      if (socket.supportedOptions().contains(time.getKey())) {
        socket.setOption(time.getKey(), time.getValue());
      }
    }
  }
}
