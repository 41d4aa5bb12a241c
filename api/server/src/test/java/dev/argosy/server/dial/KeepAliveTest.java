package dev.argosy.server.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** Connections whose other side may vanish without a word. */
class KeepAliveTest {

  @Test
  void silenceIsAskedAfterWithinAMinute() throws Exception {
    try (Socket socket = new Socket()) {
      KeepAlive.on(socket);
      assertThat(socket.getKeepAlive()).isTrue();
      int idle = socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);
      int interval = socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL);
      int count = socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);
      assertThat(idle + interval * count).isEqualTo(60);
    }
  }
}
