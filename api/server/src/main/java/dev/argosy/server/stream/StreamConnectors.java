package dev.argosy.server.stream;

import dev.argosy.model.client.ApiClient;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.connect.LogReader;
import dev.argosy.server.tunnel.NodeTunnels;
import java.time.Clock;
import java.util.Map;

/** Makes the connectors of the pods' streaming subresources. */
public final class StreamConnectors {

  private final PodDoor door;
  private final PodLogs logs;
  private final SessionRecorder recorder;

  /**
   * @param api under an identity that may read every pod ({@code UserInfo.system("streaming")}):
   *     the request itself was authorized before a connector sees it
   * @param recorder of what is executed and attached to
   */
  public StreamConnectors(
      ApiClient api, NodeTunnels tunnels, Clock clock, SessionRecorder recorder) {
    this.recorder = recorder;
    this.door = new PodDoor(api, tunnels);
    this.logs = new PodLogs(door, clock);
  }

  /**
   * By subresource of {@code pods}: {@code log}, {@code exec}, {@code attach}, {@code portforward}.
   */
  public Map<String, Connector> pods() {
    return Map.of(
        "log", new LogConnector(door, logs),
        "exec", new CommandConnector(door, new ExecQuery(), recorder),
        "attach", new CommandConnector(door, new AttachQuery(), recorder),
        "portforward", new PortForwardConnector(door));
  }

  /** For callers within the process, such as the console. */
  public LogReader logReader() {
    return logs;
  }
}
