package dev.argosy.server.stream;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.LogQuery;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.connect.LogReader;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;

/** Opens logs. */
final class PodLogs implements LogReader {

  private final PodDoor door;
  private final Clock clock;

  PodLogs(PodDoor door, Clock clock) {
    this.door = door;
    this.clock = clock;
  }

  @Override
  public InputStream open(ApiObject pod, Map<String, String> query) {
    return open(PodView.of(pod), new QueryText(query));
  }

  /**
   * The bytes; closing them ends the reading. A pod without a node has an empty log.
   *
   * @throws StatusException if there is none
   */
  InputStream open(PodView pod, QueryText query) {
    LogQuery options = LogOptions.read(query, clock);
    String container = pod.container(query.text("container"));
    if (pod.node().isEmpty()) {
      return InputStream.nullInputStream();
    }
    var request = new StreamRequest.Log(pod.ref(), container, options);
    ApiResult<TunnelStream> stream = door.open(pod, request);
    if (stream.refusedFor(Reason.NOT_FOUND)) {
      throw new StatusException(pod.noLog(container, options.previous()));
    }
    return new LogInput(stream.orThrow());
  }

  private static final class LogInput extends FilterInputStream {
    private final TunnelStream stream;

    LogInput(TunnelStream stream) {
      super(stream.input());
      this.stream = stream;
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
