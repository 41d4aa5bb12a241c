package dev.argosy.agent.runtime.docker;

import dev.argosy.agent.runtime.spi.LogReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A log, read from its own connection by the caller's thread. */
final class DockerLog implements LogReader {

  private final EngineSocket socket;
  private final FrameReader frames;

  DockerLog(EngineSocket socket, boolean tty) {
    this.socket = socket;
    this.frames = new FrameReader(socket.in(), tty);
  }

  @Override
  public @Nullable Chunk next() {
    try {
      return frames.next();
    } catch (IOException closedOrEngineGone) {
      return null;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
