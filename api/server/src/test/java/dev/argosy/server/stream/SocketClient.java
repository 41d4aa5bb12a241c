package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket, with whole messages in a queue; an empty Optional is the close. */
final class SocketClient implements AutoCloseable, WebSocket.Listener {

  final BlockingQueue<Optional<byte[]>> messages = new LinkedBlockingQueue<>();
  final WebSocket socket;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  SocketClient(int port, String path, String subprotocol, String... more) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (!subprotocol.isEmpty()) {
      builder.subprotocols(subprotocol, more);
    }
    socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), this).join();
  }

  void send(int channel, String text) {
    byte[] payload = text.getBytes(UTF_8);
    ByteBuffer message = ByteBuffer.allocate(payload.length + 1).put((byte) channel).put(payload);
    socket.sendBinary(message.flip(), true).join();
  }

  /** The next message that has a payload, as its channel's number, a colon and the text. */
  String next() throws InterruptedException {
    while (true) {
      Optional<byte[]> message = messages.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      if (message.isEmpty()) {
        return "closed";
      }
      byte[] bytes = message.get();
      if (bytes.length > 1) {
        return bytes[0] + ":" + new String(bytes, 1, bytes.length - 1, UTF_8);
      }
    }
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return take(webSocket, bytes, last);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    return take(webSocket, data.toString().getBytes(UTF_8), last);
  }

  private CompletionStage<?> take(WebSocket webSocket, byte[] bytes, boolean last) {
    parts.writeBytes(bytes);
    if (last) {
      messages.add(Optional.of(parts.toByteArray()));
      parts.reset();
    }
    webSocket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    messages.add(Optional.empty());
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
