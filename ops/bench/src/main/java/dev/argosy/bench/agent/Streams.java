package dev.argosy.bench.agent;

import java.io.OutputStream;
import java.util.List;

/** A way to a container's streams. One call at a time. */
interface Streams {

  /** Reads the whole log; answers how many bytes it has. */
  long log() throws Exception;

  /**
   * Runs a command in the container and waits for its end, which must be good.
   *
   * @param input what it gets
   * @param output takes what it says
   */
  void run(List<String> command, byte[] input, OutputStream output) throws Exception;
}
