package dev.argosy.agent.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Messages on TCP have their length before them (RFC 1035, 4.2.2). */
final class TcpMessages {

  private TcpMessages() {}

  static byte[] read(DataInputStream in) throws IOException {
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return message;
  }

  static void write(DataOutputStream out, byte[] message) throws IOException {
    out.write(
        ByteBuffer.allocate(2 + message.length)
            .putShort((short) message.length)
            .put(message)
            .array());
    out.flush();
  }
}
