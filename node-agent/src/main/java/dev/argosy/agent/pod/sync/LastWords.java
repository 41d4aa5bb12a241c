package dev.argosy.agent.pod.sync;

import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a failed container's log, for those that leave no message of their own: 80 lines or
 * 2048 bytes at most, whichever is less.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/">
 *     Termination messages</a>
 */
final class LastWords {

  private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);
  private static final int LINES = 80;
  private static final int BYTES = 2048;

  private final ContainerStreams streams;

  LastWords(ContainerStreams streams) {
    this.streams = streams;
  }

  /** Empty if there is no log, or it cannot be read. */
  String of(String containerId) {
    LogQuery query = new LogQuery(false, LINES, null, false, true, true);
    try (LogReader log = streams.logs(containerId, query)) {
      return end(log);
    } catch (RuntimeFailure e) {
      LOG.debug("no log of {}: {}", containerId, e.getMessage());
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String end(LogReader log) throws RuntimeFailure, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (LogReader.Chunk chunk = log.next(); chunk != null; chunk = log.next()) {
      all.writeBytes(chunk.bytes());
    }
    byte[] bytes = all.toByteArray();
    int from = Math.max(0, bytes.length - BYTES);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }
}
