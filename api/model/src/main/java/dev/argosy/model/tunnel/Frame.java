package dev.argosy.model.tunnel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The unit on the wire: type (1 byte), stream (4), length (4), payload. Numbers are big-endian.
 *
 * @param stream 0 for frames about the whole session
 * @param payload never changed after it was given here
 */
record Frame(FrameType type, int stream, byte[] payload) {

  /** A longer payload is a protocol error. */
  static final int MAX_PAYLOAD = 64 * 1024;

  private static final byte[] NOTHING = {};

  static Frame end(int stream) {
    return new Frame(FrameType.END, stream, NOTHING);
  }

  static Frame reset(int stream, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return new Frame(FrameType.RESET, stream, text.length > 4096 ? NOTHING : text);
  }

  static Frame credit(int stream, int bytes) {
    return new Frame(FrameType.CREDIT, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  int creditBytes() throws IOException {
    int bytes = payload.length == 4 ? ByteBuffer.wrap(payload).getInt() : -1;
    if (bytes <= 0) {
      throw new TunnelException("a credit frame that gives nothing");
    }
    return bytes;
  }

  String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeByte(type.ordinal());
    out.writeInt(stream);
    out.writeInt(payload.length);
    out.write(payload);
  }

  static Frame readFrom(DataInputStream in) throws IOException {
    FrameType type = FrameType.of(in.readUnsignedByte());
    int stream = in.readInt();
    int length = in.readInt();
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new TunnelException("a frame of " + length + " bytes");
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, stream, payload);
  }
}
