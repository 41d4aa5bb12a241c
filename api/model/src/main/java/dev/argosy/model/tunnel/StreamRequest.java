package dev.argosy.model.tunnel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What the API server wants of a node; the header of a stream, as JSON with the member {@code op}.
 * The agent first answers with a {@link StreamReply}; what follows depends on the operation.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StreamRequest.Log.class, name = "log"),
  @JsonSubTypes.Type(value = StreamRequest.Exec.class, name = "exec"),
  @JsonSubTypes.Type(value = StreamRequest.Attach.class, name = "attach"),
  @JsonSubTypes.Type(value = StreamRequest.PortForward.class, name = "portforward"),
  @JsonSubTypes.Type(value = StreamRequest.Proxy.class, name = "proxy"),
  @JsonSubTypes.Type(value = StreamRequest.Health.class, name = "health"),
  @JsonSubTypes.Type(value = StreamRequest.Stats.class, name = "stats"),
  @JsonSubTypes.Type(value = StreamRequest.Page.class, name = "page"),
  @JsonSubTypes.Type(value = StreamRequest.Checkpoint.class, name = "checkpoint"),
  @JsonSubTypes.Type(value = StreamRequest.Drivers.class, name = "csi"),
})
public sealed interface StreamRequest {

  /** A request that is about one pod. */
  sealed interface OfPod extends StreamRequest {
    PodRef pod();
  }

  /** The log's bytes, then the end. */
  record Log(PodRef pod, String container, LogQuery query) implements OfPod {}

  /** {@link ChannelMessage}s both ways; the agent ends with an {@code ERROR} message. */
  record Exec(PodRef pod, String container, List<String> command, StdStreams streams)
      implements OfPod {
    public Exec {
      command = List.copyOf(command);
    }
  }

  /** As {@link Exec}, with the container's own process. */
  record Attach(PodRef pod, String container, StdStreams streams) implements OfPod {}

  /** One connection to a port inside the pod's network namespace (localhost there). */
  record PortForward(PodRef pod, int port) implements OfPod {}

  /** One connection from the node to a port of the pod's address. */
  record Proxy(PodRef pod, int port) implements OfPod {}

  /** The text {@code ok}, then the end; of an agent that is well. */
  record Health() implements StreamRequest {}

  /** What pods use, in the form of a kubelet's {@code /stats/summary}, then the end. */
  record Stats() implements StreamRequest {}

  /**
   * A page of the node itself, such as {@code /metrics/cadvisor}: its bytes, then the end. Refused
   * as not found if the agent has none of that path, as an older one may.
   */
  record Page(String path) implements StreamRequest {}

  /**
   * Writes down a running container, so that it could go on elsewhere; then the path of the archive
   * on the node, then the end.
   */
  record Checkpoint(PodRef pod, String container) implements OfPod {}

  /**
   * Something of the node's storage drivers. The body follows, then the end; the answer is an HTTP
   * status (4 bytes, big-endian) and JSON, then the end.
   *
   * @param path {@code /csi/v1}, {@code /csi/v1/DRIVER/METHOD}
   */
  record Drivers(String path) implements StreamRequest {}

  default byte[] toBytes() {
    return Json.mapper().writerFor(StreamRequest.class).writeValueAsBytes(this);
  }

  /** The request of a header; nothing if it is not understood. */
  static Optional<StreamRequest> parse(byte[] header) {
    try {
      return Optional.of(Json.mapper().readValue(header, StreamRequest.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
