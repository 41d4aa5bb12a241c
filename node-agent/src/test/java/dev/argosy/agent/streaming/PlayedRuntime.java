package dev.argosy.agent.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeInfo;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pod whose sandbox is this very process, with a running container {@code app} (second attempt)
 * and a finished one {@code job}. Commands run as processes of this machine.
 */
final class PlayedRuntime implements ContainerRuntime, ContainerStreams {

  static final ObjectKey POD =
      new ObjectKey(new GroupResource("", "pods"), "acme", "default", "web");
  static final String UID = "uid-1";
  final List<String> sizes = new ArrayList<>();
  final List<LogQuery> logs = new ArrayList<>();

  /** As the engine looks after the pod has ended. */
  boolean sandboxRemoved;

  @Override
  public List<Sandbox> sandboxes(Map<String, String> labels) {
    Map<String, String> own = PodLabels.ofPod(POD, UID);
    Sandbox sandbox =
        new Sandbox("s", "s", own, Instant.EPOCH, (int) ProcessHandle.current().pid());
    boolean meant = own.entrySet().containsAll(labels.entrySet());
    return meant && !sandboxRemoved ? List.of(sandbox) : List.of();
  }

  @Override
  public List<Container> containers(Map<String, String> labels) {
    Container.State ran = new Container.Exited(Instant.EPOCH, Instant.EPOCH, 0, false, "");
    return Stream.of(
            container("app-0", "app", 0, ran),
            container("app-1", "app", 1, new Container.Running(Instant.EPOCH, 1)),
            container("job-0", "job", 0, ran))
        .filter(container -> container.labels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }

  private static Container container(String id, String name, int attempt, Container.State state) {
    Map<String, String> labels = PodLabels.ofContainer(POD, UID, name, attempt);
    return new Container(
        id, id, labels, "image", "sha256:0", ContainerSpec.Limits.NONE, false, state);
  }

  /** Empty for a runtime that cannot. */
  String checkpoints = "";

  @Override
  public void checkpointContainer(String id, Path archive) throws RuntimeFailure {
    if (checkpoints.isEmpty()) {
      ContainerRuntime.super.checkpointContainer(id, archive);
    }
    try {
      Files.writeString(archive, id);
    } catch (java.io.IOException e) {
      throw new RuntimeFailure(RuntimeFailure.Kind.REFUSED, e.toString());
    }
  }

  @Override
  public ContainerStreams streams() {
    return this;
  }

  @Override
  public ProcessStreams exec(String containerId, ExecRequest request) throws RuntimeFailure {
    try {
      Process process = new ProcessBuilder(request.command()).start();
      return new Played(process);
    } catch (java.io.IOException e) {
      throw new RuntimeFailure(RuntimeFailure.Kind.REFUSED, "cannot start");
    }
  }

  @Override
  public ProcessStreams attach(String containerId, AttachRequest request) throws RuntimeFailure {
    return exec(containerId, new ExecRequest(List.of("cat"), true, true, true, false));
  }

  @Override
  public LogReader logs(String containerId, LogQuery query) {
    logs.add(query);
    List<LogReader.Chunk> chunks =
        new ArrayList<>(
            Arrays.asList(
                new LogReader.Chunk(
                    LogReader.Source.STDOUT, ("log of " + containerId + "\n").getBytes(UTF_8))));
    return new LogReader() {
      @Override
      public @Nullable Chunk next() {
        return chunks.isEmpty() ? null : chunks.removeFirst();
      }

      @Override
      public void close() {
        chunks.clear();
      }
    };
  }

  /** A process of this machine. */
  private final class Played implements ProcessStreams {
    private final Process process;

    Played(Process process) {
      this.process = process;
    }

    @Override
    public OutputStream stdin() {
      return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
      return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
      return process.getErrorStream();
    }

    @Override
    public void resize(int columns, int rows) {
      sizes.add(columns + "x" + rows);
    }

    @Override
    public int awaitExit() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  @Override
  public RuntimeInfo info() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String startSandbox(SandboxSpec spec) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stopSandbox(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeSandbox(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String createContainer(String sandboxId, ContainerSpec spec) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void startContainer(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stopContainer(String id, Duration grace) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void limitContainer(String id, ContainerSpec.Limits limits) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long memoryUsage(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeContainer(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Container> container(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription onChange(RuntimeListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ImageStore images() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
