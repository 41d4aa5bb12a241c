package dev.argosy.server.stream;

import dev.argosy.server.upgrade.WebSocketConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/** Messages of a WebSocket as a plain byte connection; a flush ends a message. */
final class WebSocketBytes {

  private final WebSocketConnection socket;

  WebSocketBytes(WebSocketConnection socket) {
    this.socket = socket;
  }

  InputStream input() {
    return new Input();
  }

  /** For one writer at a time. */
  OutputStream output() {
    return new Output();
  }

  private final class Input extends InputStream {
    private byte[] message = {};
    private int offset;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int at, int length) throws IOException {
      Objects.checkFromIndexSize(at, length, target.length);
      while (offset == message.length) {
        Optional<byte[]> next = socket.read();
        if (next.isEmpty()) {
          return -1;
        }
        message = next.get();
        offset = 0;
      }
      int count = Math.min(length, message.length - offset);
      System.arraycopy(message, offset, target, at, count);
      offset += count;
      return count;
    }
  }

  private final class Output extends OutputStream {
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      pending.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      pending.write(source, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (pending.size() > 0) {
        socket.sendBinary(pending.toByteArray());
        pending.reset();
      }
    }
  }
}
