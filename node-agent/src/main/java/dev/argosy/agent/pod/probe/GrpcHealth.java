package dev.argosy.agent.pod.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks a gRPC server for its health, in plain text: one request on one HTTP/2 connection, which
 * needs no more of HTTP/2 than a few frames, and of its header compression nothing but literals.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md">gRPC health
 *     checking</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113</a>
 */
final class GrpcHealth {

  private static final String[] STATES = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
  private static final int SERVING = 1;
  private static final int LONGEST_FRAME = 1 << 14;
  private static final int LONGEST_ANSWER = 1 << 16;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int END_STREAM = 0x1;
  private static final int ACK = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  private GrpcHealth(Socket socket) throws IOException {
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /**
   * Asks.
   *
   * @param service which one; empty for the server as a whole
   * @return what is wrong; empty if all is well
   */
  static Optional<String> ask(String host, int port, String service, int timeoutMillis) {
    String authority = host + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      GrpcHealth health = new GrpcHealth(socket);
      health.send(authority, service);
      health.receive();
      return health.verdict();
    } catch (IOException e) {
      return Optional.of("failed to ask service \"" + authority + "\": " + e.getMessage());
    }
  }

  private void send(String authority, String service) throws IOException {
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    frame(HEADERS, END_HEADERS, 1, headers(authority));
    frame(DATA, END_STREAM, 1, message(service));
    out.flush();
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  /**
   * POST and http are indexed fields of RFC 7541; the rest is not indexed, names where possible.
   */
  private static byte[] headers(String authority) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86});
    literal(block, new byte[] {0x04}, "/grpc.health.v1.Health/Check");
    literal(block, new byte[] {0x01}, authority);
    literal(block, new byte[] {0x0f, 0x10}, "application/grpc");
    literal(block, new byte[] {0x00, 2, 't', 'e'}, "trailers");
    literal(block, new byte[] {0x0f, 0x2b}, "kube-probe/1.35");
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, byte[] name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    block.writeBytes(name);
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  /** The length of a message before it; its only field is the service's name. */
  private static byte[] message(String service) throws IOException {
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    if (name.length > 0) {
      request.write(0x0a);
      int rest = name.length;
      for (; rest > 0x7f; rest >>>= 7) {
        request.write(rest & 0x7f | 0x80);
      }
      request.write(rest);
      request.writeBytes(name);
    }
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    DataOutputStream writer = new DataOutputStream(framed);
    writer.writeByte(0);
    writer.writeInt(request.size());
    request.writeTo(writer);
    return framed.toByteArray();
  }

  /** Takes frames until the answer's stream has ended. */
  private void receive() throws IOException {
    boolean more = true;
    while (more) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt() & Integer.MAX_VALUE;
      if (length > LONGEST_FRAME || answer.size() > LONGEST_ANSWER) {
        throw new IOException("the answer is too long");
      }
      more = take(type, flags, stream, in.readNBytes(length));
    }
  }

  private boolean take(int type, int flags, int stream, byte[] payload) throws IOException {
    switch (type) {
      case SETTINGS, PING -> acknowledge(type, flags, payload);
      case RESET, GO_AWAY -> throw new IOException("the server ended the request");
      case DATA -> {
        int padding = (flags & PADDED) != 0 && payload.length > 0 ? payload[0] & 0xff : -1;
        int from = padding < 0 ? 0 : 1;
        int length = payload.length - from - Math.max(0, padding);
        answer.write(payload, from, Math.max(0, length));
      }
      default -> {
        // headers say nothing that the message does not; others may be skipped
      }
    }
    return stream != 1 || (type != DATA && type != HEADERS) || (flags & END_STREAM) == 0;
  }

  private void acknowledge(int type, int flags, byte[] payload) throws IOException {
    if ((flags & ACK) == 0) {
      frame(type, ACK, 0, type == PING ? payload : new byte[0]);
      out.flush();
    }
  }

  /** A message is {@code 0x08 STATE}, or empty for the state 0. */
  private Optional<String> verdict() {
    byte[] message = answer.toByteArray();
    if (message.length < 5) {
      return Optional.of(
          "error: this server does not implement the grpc health protocol"
              + " (grpc.health.v1.Health)");
    }
    int state = message.length >= 7 && message[5] == 0x08 ? message[6] : 0;
    if (state == SERVING) {
      return Optional.empty();
    }
    String name = state >= 0 && state < STATES.length ? STATES[state] : Integer.toString(state);
    return Optional.of("service unhealthy (responded with \"" + name + "\")");
  }
}
