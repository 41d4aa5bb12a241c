package dev.argosy.agent.streaming;

import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.tunnel.LogQuery;
import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.TunnelStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A container's log. */
final class LogConversation implements PodConversation {

  private static final int GATHERED = 32 * 1024;

  private final LogReader log;
  private long left;

  private LogConversation(LogReader log, long limit) {
    this.log = log;
    this.left = limit;
  }

  static LogConversation open(ContainerStreams streams, String container, LogQuery query)
      throws RuntimeFailure {
    Long tail = query.tailLines();
    Long limit = query.limitBytes();
    LogReader reader =
        streams.logs(
            container,
            new ContainerStreams.LogQuery(
                query.follow(),
                tail == null ? -1 : (int) Math.min(tail, Integer.MAX_VALUE),
                query.since(),
                query.timestamps(),
                query.stream() != LogQuery.Output.STDERR,
                query.stream() != LogQuery.Output.STDOUT));
    return new LogConversation(reader, limit == null ? Long.MAX_VALUE : limit);
  }

  @Override
  public void converse(TunnelStream stream) throws IOException {
    try (log) {
      new StreamReply.Accepted().writeTo(stream);
      Thread.ofVirtual().name("log-client").start(() -> awaitClient(stream));
      OutputStream out = new BufferedOutputStream(stream.output(), GATHERED);
      for (LogReader.Chunk chunk = next(); chunk != null; chunk = next()) {
        int count = (int) Math.min(left, chunk.bytes().length);
        out.write(chunk.bytes(), 0, count);
        left -= count;
        if (!log.ready()) {
          out.flush(); // a reader who follows sees each line at once
        }
      }
      out.close();
    } catch (RuntimeFailure e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading a log");
    }
  }

  private LogReader.@Nullable Chunk next() throws RuntimeFailure, InterruptedException {
    return left > 0 ? log.next() : null;
  }

  /** A client that leaves ends the following. */
  private void awaitClient(TunnelStream stream) {
    try {
      stream.input().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      log.close();
    }
  }
}
