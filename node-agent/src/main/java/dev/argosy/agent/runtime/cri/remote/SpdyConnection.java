package dev.argosy.agent.runtime.cri.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;

/**
 * The client's side of SPDY/3.1, as far as it takes to open streams and to move bytes. Headers of
 * streams are compressed without the protocol's dictionary, which zlib lets a compressor do (RFC
 * 1950, FDICT) and Go's servers take; those of answers say nothing and are not read. There is no
 * flow control but the connection's, as in Go's library.
 *
 * @see <a href="https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/">SPDY/3.1</a>
 */
final class SpdyConnection implements AutoCloseable {

  /** Hears of what comes; called by the reading thread. */
  interface Receiver {
    /** Bytes of a stream. */
    void data(int stream, byte[] bytes);

    /** A stream brings no more. */
    void ended(int stream);
  }

  private static final int CONTROL = 0x8003;
  private static final int SYN_STREAM = 1;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int FIN = 1;
  private static final int LENGTH = 0xffffff;
  private static final int PIECE = 32 * 1024;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final Deflater deflater = new Deflater();
  private int next = 1;

  /**
   * Takes over a connection that was upgraded.
   *
   * @param in what comes from it, as far as it was not read
   */
  SpdyConnection(Socket socket, BufferedInputStream in) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Opens a stream; answers its number. */
  int open(Map<String, String> headers) throws IOException {
    writing.lock();
    try {
      int stream = next;
      next += 2;
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(payload);
      fields.writeInt(stream);
      fields.writeInt(0); // belongs to no other
      fields.writeShort(0); // no priority
      fields.write(compressed(headers));
      frame(SYN_STREAM, payload.toByteArray());
      return stream;
    } finally {
      writing.unlock();
    }
  }

  private byte[] compressed(Map<String, String> headers) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(block);
    fields.writeInt(headers.size());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      text(fields, header.getKey());
      text(fields, header.getValue());
    }
    deflater.setInput(block.toByteArray());
    byte[] compressed = new byte[2 * block.size() + 64];
    int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(compressed, length);
  }

  private static void text(DataOutputStream fields, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    fields.writeInt(bytes.length);
    fields.write(bytes);
  }

  private void frame(int type, byte[] payload) throws IOException {
    byte[] frame = new byte[8 + payload.length];
    ByteBuffer.wrap(frame)
        .putShort((short) CONTROL)
        .putShort((short) type)
        .putInt(payload.length)
        .put(payload);
    out.write(frame);
    out.flush();
  }

  /** Where bytes of a stream go; closing it is their end. */
  OutputStream output(int stream) {
    return new OutputStream() {
      private boolean closed;

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        for (int left = length; left > 0; left -= PIECE) {
          data(stream, 0, bytes, at, Math.min(left, PIECE));
          at += PIECE;
        }
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          data(stream, FIN, new byte[0], 0, 0);
        }
      }
    };
  }

  private void data(int stream, int flags, byte[] bytes, int offset, int length)
      throws IOException {
    byte[] frame = new byte[8 + length];
    ByteBuffer.wrap(frame).putInt(stream).putInt(flags << 24 | length).put(bytes, offset, length);
    writing.lock();
    try {
      out.write(frame);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** Reads until the connection ends. */
  void read(Receiver receiver) throws IOException {
    try {
      while (true) {
        int first = in.readInt();
        int second = in.readInt();
        if (first >= 0) {
          bytes(first, second, receiver);
        } else {
          control(first & 0xffff, in.readNBytes(second & LENGTH), receiver);
        }
      }
    } catch (EOFException end) {
      // all was read
    }
  }

  private void bytes(int stream, int lengthAndFlags, Receiver receiver) throws IOException {
    for (int left = lengthAndFlags & LENGTH; left > 0; left -= PIECE) {
      byte[] piece = new byte[Math.min(left, PIECE)];
      in.readFully(piece);
      receiver.data(stream, piece);
    }
    if ((lengthAndFlags >>> 24 & FIN) != 0) {
      receiver.ended(stream);
    }
  }

  private void control(int type, byte[] payload, Receiver receiver) throws IOException {
    if (type == PING) {
      writing.lock();
      try {
        frame(PING, payload);
      } finally {
        writing.unlock();
      }
    } else if (type == RST_STREAM && payload.length >= 4) {
      receiver.ended(ByteBuffer.wrap(payload).getInt() & Integer.MAX_VALUE);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
    writing.lock();
    try {
      deflater.end();
    } finally {
      writing.unlock();
    }
  }
}
