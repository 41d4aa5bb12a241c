package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A WebSocket on a plain socket, for transfers that the JDK's client would hold up. */
final class RawSocketClient implements Closeable {

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  RawSocketClient(int port, String path, String subprotocol) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    String request =
        """
        GET %s HTTP/1.1\r
        Host: server\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Protocol: %s\r
        \r
        """;
    socket.getOutputStream().write(request.formatted(path, subprotocol).getBytes(UTF_8));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    String head = SpdyClient.readHead(in);
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException(head);
    }
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 64 * 1024));
  }

  /** One binary message, of a channel and a piece of its bytes; masked with nothing but zeros. */
  void send(int channel, byte[] bytes, int offset, int count) throws IOException {
    begin(count + 1);
    out.writeByte(channel);
    out.write(bytes, offset, count);
    out.flush();
  }

  private void begin(int length) throws IOException {
    out.writeByte(0x82);
    if (length < 126) {
      out.writeByte(0x80 | length);
    } else if (length < 65536) {
      out.writeByte(0x80 | 126);
      out.writeShort(length);
    } else {
      out.writeByte(0x80 | 127);
      out.writeLong(length);
    }
    out.writeInt(0);
  }

  /** The bytes of all messages. */
  InputStream input() {
    return new InputStream() {
      private byte[] message = {};
      private int offset;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int at, int length) throws IOException {
        if (offset == message.length) {
          message = next();
          offset = 0;
        }
        int count = Math.min(length, message.length - offset);
        System.arraycopy(message, offset, target, at, count);
        offset += count;
        return count == 0 ? -1 : count;
      }
    };
  }

  /** Each write is a message. */
  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        begin(count);
        out.write(bytes, offset, count);
        out.flush();
      }
    };
  }

  /** The next message's bytes, its channel first; of no length at the end. */
  byte[] next() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      int code = in.readUnsignedByte();
      long length = code == 126 ? in.readUnsignedShort() : code == 127 ? in.readLong() : code;
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      if (opcode == 8) {
        return new byte[0];
      }
      if (opcode <= 2) {
        return payload;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
