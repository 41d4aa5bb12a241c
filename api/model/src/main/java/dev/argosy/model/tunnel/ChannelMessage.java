package dev.argosy.model.tunnel;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A message of an exec or attach stream: channel (1 byte), length (4, big-endian), payload. The
 * channels have the numbers of Kubernetes' {@code v5.channel.k8s.io}.
 *
 * @param payload never changed after it was given here
 */
public record ChannelMessage(int channel, byte[] payload) {

  public static final int STDIN = 0;
  public static final int STDOUT = 1;
  public static final int STDERR = 2;

  /** The outcome, a {@code Status} as JSON; the last message of the agent. */
  public static final int ERROR = 3;

  /** The terminal's size as JSON: {@code {"Width":80,"Height":24}}. */
  public static final int RESIZE = 4;

  /** The payload is the number of a channel that has ended. */
  public static final int CLOSE = 255;

  private static final int MAX_LENGTH = 1024 * 1024;

  public static ChannelMessage closing(int channel) {
    return new ChannelMessage(CLOSE, new byte[] {(byte) channel});
  }

  /** Writes it with a single write, so that messages of several threads do not mix. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(
        ByteBuffer.allocate(5 + payload.length)
            .put((byte) channel)
            .putInt(payload.length)
            .put(payload)
            .array());
  }

  /** How many bytes stand before the payload. */
  public static final int HEADER = 5;

  /**
   * Writes a message whose payload stands in a buffer already, behind room for the header.
   *
   * @param buffer of which the first {@value #HEADER} bytes are overwritten
   */
  public static void write(OutputStream out, int channel, byte[] buffer, int length)
      throws IOException {
    ByteBuffer.wrap(buffer).put((byte) channel).putInt(length);
    out.write(buffer, 0, HEADER + length);
  }

  /** The next message; nothing at the end. */
  public static Optional<ChannelMessage> readFrom(DataInputStream in) throws IOException {
    int channel = in.read();
    if (channel < 0) {
      return Optional.empty();
    }
    int length = in.readInt();
    if (length < 0 || length > MAX_LENGTH) {
      throw new TunnelException("a message of " + length + " bytes");
    }
    byte[] payload = new byte[length];
    if (in.readNBytes(payload, 0, length) < length) {
      throw new EOFException("the stream ended inside a message");
    }
    return Optional.of(new ChannelMessage(channel, payload));
  }
}
