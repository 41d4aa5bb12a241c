package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.argosy.agent.disk.FolderSizes;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeInfo;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link ContainerRuntime} on Docker Engine 20.10 or newer. */
public final class DockerRuntime implements ContainerRuntime {

  private static final String REMOVING = "already in progress";

  private static final String HANDLER = "runc";

  private final DockerClient docker;
  private final DockerLabels labels;
  private final DockerObservation observation;
  private final DockerImages images;
  private final DockerStreams streams;
  private final DockerLogSettings logs;
  private final DockerCheckpoints checkpoints;

  /**
   * A runtime that is not connected yet; the engine may come later.
   *
   * @param dockerHost {@code unix:///var/run/docker.sock} or {@code tcp://…}
   * @param agent marks what belongs to this agent; the node's name
   */
  public static DockerRuntime connect(String dockerHost, String agent) {
    return connect(dockerHost, agent, LogLimits.DEFAULT);
  }

  /** The same, with limits of the containers' logs. */
  public static DockerRuntime connect(String dockerHost, String agent, LogLimits logs) {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(dockerHost)
            .withDockerTlsVerify(false)
            .build();
    return new DockerRuntime(
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .connectionTimeout(Duration.ofSeconds(5))
                .maxConnections(256)
                .build()),
        dockerHost,
        agent,
        logs);
  }

  private DockerRuntime(DockerClient docker, String dockerHost, String agent, LogLimits logs) {
    this.docker = docker;
    this.labels = new DockerLabels(agent);
    this.observation = new DockerObservation(docker, labels);
    this.images = new DockerImages(docker);
    this.streams = new DockerStreams(docker, dockerHost);
    this.logs = new DockerLogSettings(logs);
    this.checkpoints = new DockerCheckpoints(dockerHost);
  }

  @Override
  public RuntimeInfo info() throws RuntimeFailure {
    Info info = DockerCalls.call(() -> docker.infoCmd().exec());
    String version = info.getServerVersion();
    String folder = info.getDockerRootDir();
    return new RuntimeInfo(
        "docker", version == null ? "" : version, folder == null ? "/var/lib/docker" : folder);
  }

  @Override
  public boolean groupsBySystemd() throws RuntimeFailure {
    return "systemd".equals(DockerCalls.call(() -> docker.infoCmd().exec()).getCGroupDriver());
  }

  @Override
  public String startSandbox(SandboxSpec spec) throws RuntimeFailure {
    if (!spec.handler().isEmpty() && !spec.handler().equals(HANDLER)) {
      throw new RuntimeFailure(
          RuntimeFailure.Kind.REFUSED,
          "no runtime for \""
              + spec.handler()
              + "\" is configured: nodes with Docker have the handler runc alone");
    }
    String id =
        DockerCalls.call(() -> logs.on(DockerSpecs.sandbox(docker, spec, labels)).exec().getId());
    try {
      startContainer(id);
    } catch (RuntimeFailure e) {
      removeContainer(id);
      throw e;
    }
    return id;
  }

  @Override
  public List<Sandbox> sandboxes(Map<String, String> wanted) throws RuntimeFailure {
    return observation.sandboxes(wanted);
  }

  @Override
  public void stopSandbox(String id) throws RuntimeFailure {
    stopContainer(id, Duration.ZERO);
  }

  @Override
  public void removeSandbox(String id) throws RuntimeFailure {
    removeContainer(id);
  }

  @Override
  public String createContainer(String sandboxId, ContainerSpec spec) throws RuntimeFailure {
    String group = observation.groupOf(sandboxId);
    return DockerCalls.call(() ->
        logs.on(DockerSpecs.container(docker, sandboxId, group, spec, labels)).exec().getId());
  }

  @Override
  public void startContainer(String id) throws RuntimeFailure {
    DockerCalls.call(() -> docker.startContainerCmd(id).exec());
  }

  @Override
  public void stopContainer(String id, Duration grace) throws RuntimeFailure {
    int seconds = Math.toIntExact(Math.min(grace.plusMillis(999).toSeconds(), 1_000_000));
    DockerCalls.callIdempotent(() -> docker.stopContainerCmd(id).withTimeout(seconds).exec());
  }

  @Override
  public void removeContainer(String id) throws RuntimeFailure {
    try {
      DockerCalls.callIdempotent(
          () -> docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
    } catch (RuntimeFailure e) {
      if (e.kind() != RuntimeFailure.Kind.CONFLICT
          || !String.valueOf(e.getMessage()).contains(REMOVING)) {
        throw e;
      }
    }
  }

  @Override
  public void checkpointContainer(String id, Path archive) throws RuntimeFailure {
    checkpoints.make(id, archive);
  }

  @Override
  public void limitContainer(String id, Limits limits) throws RuntimeFailure {
    try {
      DockerCalls.call(() -> DockerLimits.update(docker.updateContainerCmd(id), limits).exec());
    } finally {
      observation.forget(id);
    }
  }

  @Override
  public void pinContainer(String id, String cpus) throws RuntimeFailure {
    DockerCalls.call(() -> docker.updateContainerCmd(id).withCpusetCpus(cpus).exec());
  }

  @Override
  public long memoryUsage(String id) throws RuntimeFailure {
    return container(id)
        .map(Container::state)
        .filter(Container.Running.class::isInstance)
        .map(running -> MemoryUsage.ofProcess(((Container.Running) running).pid()))
        .orElse(0L);
  }

  @Override
  public Map<String, FolderSizes.Size> diskUse(List<String> ids) throws RuntimeFailure {
    return DockerDisk.use(observation.folders(ids));
  }

  @Override
  public List<Container> containers(Map<String, String> wanted) throws RuntimeFailure {
    return observation.containers(wanted);
  }

  @Override
  public Optional<Container> container(String id) throws RuntimeFailure {
    return observation.container(id);
  }

  @Override
  public Subscription onChange(RuntimeListener listener) {
    return DockerEvents.subscribe(
        docker,
        labels,
        Clock.systemUTC(),
        new RuntimeListener() {
          @Override
          public void changed(RuntimeChange change) {
            observation.forget(change.id());
            listener.changed(change);
          }

          @Override
          public void missedSome() {
            listener.missedSome();
          }
        });
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
    try {
      docker.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
