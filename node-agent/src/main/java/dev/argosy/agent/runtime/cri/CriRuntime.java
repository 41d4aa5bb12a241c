package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.disk.FolderSizes;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.cri.log.LogFolders;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.agent.runtime.spi.RuntimeInfo;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link ContainerRuntime} on whatever speaks CRI v1. */
public final class CriRuntime implements ContainerRuntime {

  private static final Duration START_SANDBOX = Duration.ofMinutes(4);
  private static final Duration CHECKPOINT = Duration.ofMinutes(4);

  private final CriCalls calls;
  private final CriMarks marks;
  private final CriObservation observation;
  private final CriImages images;
  private final LogFolders logs;
  private final CriStreams streams;
  private final CniFiles network;
  private final LogRotation rotation;

  /**
   * A runtime that is not connected yet; the engine may come later.
   *
   * @param endpoint {@code unix:///run/containerd/containerd.sock}
   * @param agent marks what belongs to this agent; the node's name
   * @param logs folder for the containers' logs
   * @throws IllegalArgumentException if the endpoint is none; says why
   */
  public static CriRuntime connect(String endpoint, String agent, Path logs) {
    return connect(endpoint, agent, new LogFolders(logs));
  }

  /** The same, with limits of the logs. */
  public static CriRuntime connect(String endpoint, String agent, LogFolders logs) {
    CriRuntime runtime = new CriRuntime(new CriCalls(socket(endpoint)), agent, logs);
    runtime.rotation.start();
    return runtime;
  }

  /** The socket of an endpoint. */
  private static Path socket(String endpoint) {
    URI uri = URI.create(endpoint);
    boolean plain = uri.getAuthority() == null && uri.getQuery() == null;
    if (!"unix".equals(uri.getScheme()) || uri.getPath() == null || !plain) {
      throw new IllegalArgumentException(
          "\"" + endpoint + "\" is no endpoint of a container runtime: expected unix:///PATH");
    }
    return Path.of(uri.getPath());
  }

  private CriRuntime(CriCalls calls, String agent, LogFolders logs) {
    this.calls = calls;
    this.marks = new CriMarks(agent);
    this.observation = new CriObservation(calls, marks);
    this.images = new CriImages(calls);
    this.logs = logs;
    this.streams = new CriStreams(calls, observation, this.logs);
    this.network = new CniFiles(calls);
    this.rotation = new LogRotation(calls, observation, this.logs);
  }

  @Override
  public RuntimeInfo info() throws RuntimeFailure {
    Message version = calls.runtime("Version", new MessageBuilder());
    String folder = "";
    for (Message one :
        calls.images("ImageFsInfo", new MessageBuilder(), CriCalls.USUAL).messages(1)) {
      folder = one.message(2).text(1);
    }
    return new RuntimeInfo(
        version.text(2), version.text(3).replaceFirst("^v", ""), folder.isEmpty() ? "/" : folder);
  }

  @Override
  public boolean groupsBySystemd() throws RuntimeFailure {
    return CriGroups.bySystemd(calls);
  }

  @Override
  public String startSandbox(SandboxSpec spec) throws RuntimeFailure {
    if (!spec.hostNetwork()) {
      network.ensure();
    }
    SandboxConfig config = SandboxConfig.of(spec, marks, logs.root());
    MessageBuilder request =
        new MessageBuilder().message(1, config.annotated()).text(2, spec.handler());
    return calls.runtime("RunPodSandbox", request, START_SANDBOX).text(1);
  }

  @Override
  public List<Sandbox> sandboxes(Map<String, String> labels) throws RuntimeFailure {
    return observation.sandboxes(labels);
  }

  @Override
  public void stopSandbox(String id) throws RuntimeFailure {
    calls.idempotent("StopPodSandbox", new MessageBuilder().text(1, id), CriCalls.USUAL);
  }

  @Override
  public void removeSandbox(String id) throws RuntimeFailure {
    stopSandbox(id);
    calls.idempotent("RemovePodSandbox", new MessageBuilder().text(1, id), CriCalls.USUAL);
  }

  @Override
  public String createContainer(String sandboxId, ContainerSpec spec) throws RuntimeFailure {
    SandboxConfig sandbox =
        observation
            .sandboxStatus(sandboxId)
            .map(status -> SandboxConfig.ofAnnotations(status.message(1).map(8)))
            .orElseThrow(
                () -> new RuntimeFailure(Kind.NOT_FOUND, "there is no sandbox " + sandboxId));
    String imageId =
        images
            .find(spec.image())
            .map(ImageStore.Image::id)
            .orElseThrow(
                () -> new RuntimeFailure(Kind.NOT_FOUND, "there is no image " + spec.image()));
    MessageBuilder config =
        ContainerConfig.of(spec, sandbox, marks, imageId, logs.prepare(spec.name()));
    return calls
        .runtime(
            "CreateContainer",
            new MessageBuilder()
                .text(1, sandboxId)
                .message(2, config)
                .message(3, sandbox.message()))
        .text(1);
  }

  @Override
  public void startContainer(String id) throws RuntimeFailure {
    calls.runtime("StartContainer", new MessageBuilder().text(1, id));
  }

  @Override
  public void stopContainer(String id, Duration grace) throws RuntimeFailure {
    long seconds = Math.min(grace.plusMillis(999).toSeconds(), 1_000_000);
    calls.idempotent(
        "StopContainer",
        new MessageBuilder().text(1, id).number(2, seconds),
        CriCalls.USUAL.plusSeconds(seconds));
  }

  @Override
  public void removeContainer(String id) throws RuntimeFailure {
    Optional<Message> status = observation.containerStatus(id);
    if (status.isEmpty()) {
      return;
    }
    stopContainer(id, Duration.ZERO);
    calls.idempotent("RemoveContainer", new MessageBuilder().text(1, id), CriCalls.USUAL);
    logs.remove(status.get().message(1).message(2).text(1));
  }

  @Override
  public void limitContainer(String id, Limits limits) throws RuntimeFailure {
    try {
      calls.runtime(
          "UpdateContainerResources",
          new MessageBuilder().text(1, id).message(2, CriLimits.update(limits)));
    } finally {
      observation.forget(id);
    }
  }

  @Override
  public void pinContainer(String id, String cpus) throws RuntimeFailure {
    calls.runtime(
        "UpdateContainerResources",
        new MessageBuilder().text(1, id).message(2, new MessageBuilder().text(6, cpus)));
  }

  @Override
  public void checkpointContainer(String id, Path archive) throws RuntimeFailure {
    calls.runtime(
        "CheckpointContainer",
        new MessageBuilder().text(1, id).text(2, archive.toString()),
        CHECKPOINT);
  }

  @Override
  public Map<String, FolderSizes.Size> diskUse(List<String> ids) throws RuntimeFailure {
    return CriDisk.use(observation, logs.root(), ids);
  }

  @Override
  public long memoryUsage(String id) throws RuntimeFailure {
    try {
      Message memory =
          calls.runtime("ContainerStats", new MessageBuilder().text(1, id)).message(1).message(3);
      long usage = memory.message(4).number(1);
      return usage > 0 ? usage : memory.message(2).number(1);
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        throw e;
      }
      return 0;
    }
  }

  @Override
  public List<Container> containers(Map<String, String> labels) throws RuntimeFailure {
    return observation.containers(labels);
  }

  @Override
  public Optional<Container> container(String id) throws RuntimeFailure {
    return observation.container(id);
  }

  @Override
  public Subscription onChange(RuntimeListener listener) {
    return CriEvents.subscribe(calls, observation, marks, listener);
  }

  @Override
  public ImageStore images() {
    return images;
  }

  @Override
  public ContainerStreams streams() {
    return streams;
  }

  @Override
  public void close() {
    rotation.close();
    calls.close();
  }
}
