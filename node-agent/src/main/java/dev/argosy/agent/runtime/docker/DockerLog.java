package dev.argosy.agent.runtime.docker;

import dev.argosy.agent.runtime.spi.LogReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log, read from its own connection by the caller's thread. The engine keeps a long line in parts
 * of 16 KiB and writes the time before each of them; the later ones are left out here.
 */
final class DockerLog implements LogReader {

  private final EngineSocket socket;
  private final FrameReader frames;
  private final boolean timed;

  /** The outputs of which a line has begun. */
  private final Set<Source> begun = EnumSet.noneOf(Source.class);

  /**
   * A log that is read from now on.
   *
   * @param tty whether it has one output alone, without frames
   * @param timestamps whether the engine was asked for times
   */
  DockerLog(EngineSocket socket, boolean tty, boolean timestamps) {
    this.socket = socket;
    this.frames = new FrameReader(socket.in(), tty);
    this.timed = timestamps && !tty;
  }

  @Override
  public @Nullable Chunk next() {
    try {
      Chunk chunk = frames.next();
      return chunk == null || !timed ? chunk : timedOnce(chunk);
    } catch (IOException closedOrEngineGone) {
      return null;
    }
  }

  private Chunk timedOnce(Chunk chunk) {
    byte[] bytes = chunk.bytes();
    boolean part = bytes.length == 0 || bytes[bytes.length - 1] != '\n';
    boolean first = part ? begun.add(chunk.source()) : !begun.remove(chunk.source());
    int content = first ? 0 : afterSpace(bytes);
    return content == 0
        ? chunk
        : new Chunk(chunk.source(), Arrays.copyOfRange(bytes, content, bytes.length));
  }

  private static int afterSpace(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == ' ') {
        return i + 1;
      }
    }
    return 0;
  }

  @Override
  public boolean ready() {
    try {
      return socket.in().available() > 0;
    } catch (IOException closedOrEngineGone) {
      return false;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
