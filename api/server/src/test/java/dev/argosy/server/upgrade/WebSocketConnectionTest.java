package dev.argosy.server.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WebSocketConnectionTest {

  private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
  private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();

  @Test
  void readsMaskedAndFragmentedMessagesAndAnswersPingsBetween() throws Exception {
    frame(0x02, "ab", true);
    frame(0x89, "?", true);
    frame(0x80, "cd", true);
    frame(0x81, "x".repeat(70_000), true);
    WebSocketConnection connection = connection();
    assertThat(connection.read().orElseThrow()).asString(UTF_8).isEqualTo("abcd");
    assertThat(connection.read().orElseThrow()).hasSize(70_000);
    assertThat(connection.read()).isEmpty();
    assertThat(toClient.toByteArray()).isEqualTo(HexFormat.of().parseHex("8a013f"));
  }

  @Test
  void closeIsAnsweredOnceAndNothingFollows() throws Exception {
    frame(0x88, "", true);
    WebSocketConnection connection = connection();
    assertThat(connection.read()).isEmpty();
    connection.sendBinary(new byte[] {1});
    connection.close();
    assertThat(toClient.toByteArray()).isEqualTo(HexFormat.of().parseHex("880203e8"));
  }

  @Test
  void breachesCloseWithTheirCode() throws Exception {
    assertBreach(0x82, "a", false, "must mask", "03ea");
    assertBreach(0xc2, "a", true, "reserved", "03ea");
    assertBreach(0x80, "a", true, "out of order", "03ea");
    assertBreach(0x09, "a", true, "short and whole", "03ea");
    assertBreach(0x82, "x".repeat(5_000_000), true, "a frame of", "03f1");
  }

  @Test
  void endOfTheConnectionIsAnEnd() throws Exception {
    fromClient.write(0x82);
    assertThat(connection().read()).isEmpty();
  }

  private void assertBreach(int first, String text, boolean mask, String message, String code)
      throws IOException {
    fromClient.reset();
    toClient.reset();
    frame(first, text, mask);
    assertThatThrownBy(() -> connection().read()).hasMessageContaining(message);
    assertThat(HexFormat.of().formatHex(toClient.toByteArray(), 2, 4)).isEqualTo(code);
  }

  private WebSocketConnection connection() {
    return new WebSocketConnection(
        new UpgradedConnection(
            new ByteArrayInputStream(fromClient.toByteArray()), toClient, () -> {}));
  }

  private void frame(int first, String text, boolean mask) throws IOException {
    byte[] payload = text.getBytes(UTF_8);
    DataOutputStream out = new DataOutputStream(fromClient);
    out.writeByte(first);
    int bit = mask ? 0x80 : 0;
    if (payload.length < 126) {
      out.writeByte(bit | payload.length);
    } else {
      out.writeByte(bit | 127);
      out.writeLong(payload.length);
    }
    byte[] key = {7, 5, 3, 1};
    if (mask) {
      out.write(key);
    }
    for (int i = 0; i < payload.length; i++) {
      out.writeByte(mask ? payload[i] ^ key[i % 4] : payload[i]);
    }
  }
}
