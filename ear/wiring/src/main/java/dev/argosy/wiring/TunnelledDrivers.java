package dev.argosy.wiring;

import dev.argosy.controllers.csi.DriverController;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.tunnel.NodeTunnels;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the storage drivers of nodes through the tunnels of their agents. Not all that can go wrong
 * says whether the driver did its work; such answers are none that are final.
 */
final class TunnelledDrivers implements DriverController {

  private static final String ROOT = "/csi/v1";
  private static final int LARGEST = 1 << 20;

  /** A little more than agents give to their drivers. */
  private static final Duration LONGEST = Duration.ofSeconds(150);

  private final NodeTunnels tunnels;

  TunnelledDrivers(NodeTunnels tunnels) {
    this.tunnels = tunnels;
  }

  @Override
  public Answer drivers(String node) {
    return ask(node, ROOT, new byte[0]);
  }

  @Override
  public Answer call(String node, String driver, String method, ObjectNode request) {
    byte[] body = Json.mapper().writeValueAsBytes(request);
    return ask(node, ROOT + "/" + driver + "/" + method, body);
  }

  private Answer ask(String node, String path, byte[] body) {
    return switch (tunnels.open(node, new StreamRequest.Drivers(path))) {
      case ApiResult.Refused<TunnelStream>(Status status) ->
          new Answer.Failed(Answer.UNAVAILABLE, status.message());
      case ApiResult.Ok<TunnelStream>(TunnelStream stream) -> {
        try (stream) {
          stream.output().write(body);
          stream.output().close();
          stream.readTimeout(LONGEST);
          yield answer(new DataInputStream(stream.input()));
        } catch (SocketTimeoutException e) {
          yield new Answer.Failed("DEADLINE_EXCEEDED", "node " + node + " did not answer in time");
        } catch (IOException | JacksonException e) {
          yield new Answer.Failed(
              Answer.UNAVAILABLE, "node " + node + " did not answer: " + e.getMessage());
        }
      }
    };
  }

  private static Answer answer(DataInputStream in) throws IOException {
    int status = in.readInt();
    ObjectNode body = Json.parse(in.readNBytes(LARGEST));
    if (status == 200) {
      return new Answer.Ok(body);
    }
    String message = body.path("message").asString("");
    return switch (status) {
      case 400 -> new Answer.Failed("INVALID_ARGUMENT", message);
      case 502 -> new Answer.Failed(body.path("code").asString(Answer.UNAVAILABLE), message);
      default -> new Answer.Failed(Answer.UNAVAILABLE, message);
    };
  }
}
