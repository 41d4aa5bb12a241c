package dev.argosy.agent.streaming;

import dev.argosy.agent.csi.door.ControllerDoor;
import dev.argosy.agent.pod.running.RunningPod;
import dev.argosy.agent.pod.running.RunningPods;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.tunnel.StdStreams;
import dev.argosy.model.tunnel.StreamAcceptor;
import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Serves the streams that API servers open to this node. */
public final class PodStreams implements StreamAcceptor {

  private final RunningPods pods;
  private final ContainerStreams streams;
  private final PodSockets sockets;
  private final Checkpoints checkpoints;
  private final Pages pages;
  private final ControllerDoor drivers;

  /** The pages of the node itself. */
  @FunctionalInterface
  public interface Pages {
    /** Empty if there is none of that path. */
    Optional<byte[]> page(String path) throws RuntimeFailure;
  }

  /**
   * Serves the pods of a runtime.
   *
   * @param checkpoints where containers are written down
   * @param drivers answers for the node's storage drivers
   */
  public PodStreams(
      ContainerRuntime runtime, Pages pages, Checkpoints checkpoints, ControllerDoor drivers) {
    this.pods = new RunningPods(runtime);
    this.streams = runtime.streams();
    this.sockets = new PodSockets();
    this.pages = pages;
    this.checkpoints = checkpoints;
    this.drivers = drivers;
  }

  @Override
  public void accept(byte[] header, TunnelStream stream) throws IOException {
    try {
      StreamRequest request =
          StreamRequest.parse(header)
              .orElseThrow(
                  () -> refusal(Reason.BAD_REQUEST, "this agent does not know the request"));
      switch (request) {
        case StreamRequest.Health health -> say("ok".getBytes(StandardCharsets.UTF_8), stream);
        case StreamRequest.Stats all -> say(page("/stats/summary"), stream);
        case StreamRequest.Page(String path) -> say(page(path), stream);
        case StreamRequest.Checkpoint(PodRef pod, String container) ->
            say(checkpoints.make(find(pod), pod, container), stream);
        case StreamRequest.Drivers(String path) -> drivers(path, stream);
        case StreamRequest.OfPod ofPod -> begin(ofPod, find(ofPod.pod())).converse(stream);
      }
    } catch (StatusException e) {
      new StreamReply.Refused(e.status()).writeTo(stream);
      stream.output().close();
    } catch (RuntimeFailure e) {
      new StreamReply.Refused(statusOf(e)).writeTo(stream);
      stream.output().close();
    }
  }

  private static void say(byte[] bytes, TunnelStream stream) throws IOException {
    new StreamReply.Accepted().writeTo(stream);
    stream.output().write(bytes);
    stream.output().close();
  }

  private byte[] page(String path) throws RuntimeFailure {
    return pages
        .page(path)
        .orElseThrow(() -> refusal(Reason.NOT_FOUND, "this node has no page " + path));
  }

  private void drivers(String path, TunnelStream stream) throws IOException {
    new StreamReply.Accepted().writeTo(stream);
    ControllerDoor.Answer answer = drivers.answer(path, stream.input().readAllBytes());
    byte[] body = Json.mapper().writeValueAsBytes(answer.body());
    DataOutputStream out = new DataOutputStream(stream.output());
    out.write(ByteBuffer.allocate(4 + body.length).putInt(answer.code()).put(body).array());
    out.close();
  }

  private PodConversation begin(StreamRequest.OfPod request, RunningPod pod)
      throws RuntimeFailure, IOException {
    return switch (request) {
      case StreamRequest.Log log -> log(log, pod);
      case StreamRequest.Exec exec -> {
        Container container = running(pod, exec.container());
        StdStreams std = exec.streams();
        yield new CommandConversation(
            streams.exec(
                container.id(),
                new ContainerStreams.ExecRequest(
                    exec.command(), std.stdin(), std.stdout(), std.stderr(), std.tty())));
      }
      case StreamRequest.Attach attach -> {
        Container container = running(pod, attach.container());
        StdStreams std = attach.streams();
        yield new CommandConversation(
            streams.attach(
                container.id(),
                new ContainerStreams.AttachRequest(std.stdin(), std.stdout(), std.stderr())));
      }
      case StreamRequest.PortForward forward ->
          new SocketConversation(sockets.connect(pod, forward.port()));
      case StreamRequest.Proxy proxy -> new SocketConversation(sockets.connect(pod, proxy.port()));
      case StreamRequest.Checkpoint _ -> throw new IllegalStateException("no conversation");
    };
  }

  private PodConversation log(StreamRequest.Log log, RunningPod pod) throws RuntimeFailure {
    String name = log.container();
    Container container =
        (log.query().previous() ? pod.previous(name) : pod.container(name))
            .filter(found -> !(found.state() instanceof Container.Created))
            .orElseThrow(() -> noContainer(name));
    return LogConversation.open(streams, container.id(), log.query());
  }

  private RunningPod find(PodRef ref) throws RuntimeFailure {
    return pods.find(ref.cluster(), ref.namespace(), ref.name())
        .filter(pod -> ref.uid().isEmpty() || pod.uid().equals(ref.uid()))
        .orElseThrow(
            () -> refusal(Reason.NOT_FOUND, "pod " + ref.name() + " does not run on this node"));
  }

  private static Container running(RunningPod pod, String name) {
    return pod.container(name)
        .filter(container -> container.state() instanceof Container.Running)
        .orElseThrow(() -> noContainer(name));
  }

  private static StatusException noContainer(String name) {
    return refusal(Reason.NOT_FOUND, "container not found (\"" + name + "\")");
  }

  static StatusException refusal(Reason reason, String message) {
    return new StatusException(Status.of(reason, message));
  }

  private static Status statusOf(RuntimeFailure failure) {
    Reason reason =
        switch (failure.kind()) {
          case NOT_FOUND -> Reason.NOT_FOUND;
          case UNAVAILABLE -> Reason.SERVICE_UNAVAILABLE;
          case CONFLICT -> Reason.BAD_REQUEST;
          case REFUSED -> Reason.INTERNAL_ERROR;
        };
    return Status.of(reason, String.valueOf(failure.getMessage()));
  }
}
