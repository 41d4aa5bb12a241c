package dev.argosy.server.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages on an upgraded connection. One thread reads; any may write. Pings are answered while
 * reading.
 */
public final class WebSocketConnection {

  private static final int NORMAL = 1000;

  /** A usual message, a channel's number and its header, goes out in one piece. */
  private static final int BUFFER = 33 * 1024;

  private final UpgradedConnection raw;
  private final DataInputStream in;
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean closeSent;

  WebSocketConnection(UpgradedConnection raw) {
    this.raw = raw;
    this.in = new DataInputStream(new BufferedInputStream(raw.input(), BUFFER));
    this.out = new BufferedOutputStream(raw.output(), BUFFER);
  }

  /**
   * The next message, text or binary, put together from its fragments; nothing when the peer has
   * closed.
   */
  public Optional<byte[]> read() throws IOException {
    try {
      return readMessage();
    } catch (WebSocketException e) {
      close(e.code(), String.valueOf(e.getMessage()));
      throw e;
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> readMessage() throws IOException {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    boolean begun = false;
    while (true) {
      WebSocketFrame frame = WebSocketFrame.readFrom(in);
      if (frame.opcode() == WebSocketFrame.CLOSE) {
        close(NORMAL, "");
        return Optional.empty();
      }
      if (frame.control()) {
        answer(frame);
        continue;
      }
      if (begun != (frame.opcode() == WebSocketFrame.CONTINUATION)) {
        throw new WebSocketException(1002, "fragments of a message are out of order");
      }
      if (frame.last() && !begun) {
        return Optional.of(frame.payload());
      }
      begun = true;
      parts.write(frame.payload());
      if (parts.size() > WebSocketFrame.MAX_PAYLOAD) {
        throw new WebSocketException(1009, "a message is too long");
      }
      if (frame.last()) {
        return Optional.of(parts.toByteArray());
      }
    }
  }

  private void answer(WebSocketFrame frame) throws IOException {
    if (frame.opcode() == WebSocketFrame.PING) {
      send(WebSocketFrame.PONG, frame.payload());
    } else if (frame.opcode() != WebSocketFrame.PONG) {
      throw new WebSocketException(1002, "unknown opcode " + frame.opcode());
    }
  }

  public void sendBinary(byte[] payload) throws IOException {
    send(WebSocketFrame.BINARY, payload);
  }

  public void sendText(String payload) throws IOException {
    send(WebSocketFrame.TEXT, payload.getBytes(UTF_8));
  }

  /** Shows the peer, and everything between, that the connection is alive. */
  public void ping() throws IOException {
    send(WebSocketFrame.PING, new byte[0]);
  }

  /** Says goodbye in good order; nothing can be sent after. */
  public void close() throws IOException {
    close(NORMAL, "");
  }

  /** Closes the connection under it at once; a blocked reader wakes. */
  public void abort() {
    raw.close();
  }

  private void close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(UTF_8);
    int length = Math.min(text.length, 120);
    send(
        WebSocketFrame.CLOSE,
        ByteBuffer.allocate(2 + length).putShort((short) code).put(text, 0, length).array());
  }

  private void send(int opcode, byte[] payload) throws IOException {
    writing.lock();
    try {
      if (closeSent) {
        return;
      }
      closeSent = opcode == WebSocketFrame.CLOSE;
      new WebSocketFrame(true, opcode, payload).writeTo(out);
    } finally {
      writing.unlock();
    }
  }
}
