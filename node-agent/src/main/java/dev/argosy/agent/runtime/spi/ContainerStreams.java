package dev.argosy.agent.runtime.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input and output of running containers. */
public interface ContainerStreams {

  /**
   * Starts a process in a running container. A command that cannot be started is reported by the
   * engine as exit code 126 or 127 with a text on the output, not as a failure.
   */
  ProcessStreams exec(String containerId, ExecRequest request) throws RuntimeFailure;

  /** Joins the running container's first process. Its output from now on, and its input. */
  ProcessStreams attach(String containerId, AttachRequest request) throws RuntimeFailure;

  /** Reads a container's log, running or not. */
  LogReader logs(String containerId, LogQuery query) throws RuntimeFailure;

  /** A process to start. With a terminal, error output comes on standard output. */
  record ExecRequest(
      List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty) {
    public ExecRequest {
      command = List.copyOf(command);
    }
  }

  record AttachRequest(boolean stdin, boolean stdout, boolean stderr) {}

  /**
   * Which part of a log.
   *
   * @param follow whether to wait for more until the container ends
   * @param tailLines only so many of the last lines of both outputs; −1 for all
   * @param since only lines from then on; null for all
   * @param timestamps whether each line begins with an RFC 3339 time and a space
   * @param stdout whether standard output is wanted
   * @param stderr whether error output is wanted
   */
  record LogQuery(
      boolean follow,
      int tailLines,
      @Nullable Instant since,
      boolean timestamps,
      boolean stdout,
      boolean stderr) {

    public static final LogQuery ALL = new LogQuery(false, -1, null, false, true, true);
  }
}
