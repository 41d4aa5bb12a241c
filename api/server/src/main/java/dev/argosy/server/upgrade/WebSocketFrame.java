package dev.argosy.server.upgrade;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One frame of RFC 6455, section 5.2.
 *
 * @param payload unmasked
 */
record WebSocketFrame(boolean last, int opcode, byte[] payload) {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  static final int MAX_PAYLOAD = 4 * 1024 * 1024;

  boolean control() {
    return opcode >= CLOSE;
  }

  /** Reads a client's frame, which must be masked. */
  static WebSocketFrame readFrom(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((first & 0x70) != 0) {
      throw new WebSocketException(1002, "reserved bits are set");
    }
    if ((second & 0x80) == 0) {
      throw new WebSocketException(1002, "a client must mask its frames");
    }
    long length = readLength(in, second & 0x7f);
    boolean control = (first & 0x0f) >= CLOSE;
    if (control && (length > 125 || (first & 0x80) == 0)) {
      throw new WebSocketException(1002, "a control frame must be short and whole");
    }
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new WebSocketException(1009, "a frame of " + length + " bytes");
    }
    byte[] mask = new byte[4];
    in.readFully(mask);
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return new WebSocketFrame((first & 0x80) != 0, first & 0x0f, payload);
  }

  private static long readLength(DataInputStream in, int code) throws IOException {
    return switch (code) {
      case 126 -> in.readUnsignedShort();
      case 127 -> in.readLong();
      default -> code;
    };
  }

  /** Writes it as a server does, unmasked. */
  void writeTo(OutputStream raw) throws IOException {
    DataOutputStream out = new DataOutputStream(raw);
    out.writeByte((last ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      out.writeByte(payload.length);
    } else if (payload.length < 65536) {
      out.writeByte(126);
      out.writeShort(payload.length);
    } else {
      out.writeByte(127);
      out.writeLong(payload.length);
    }
    out.write(payload);
    out.flush();
  }
}
