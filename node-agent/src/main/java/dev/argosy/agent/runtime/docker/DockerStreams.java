package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.LogConfig;
import dev.argosy.agent.runtime.docker.log.EngineLog;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Streams through Docker's upgraded connections; logs from the engine's files where they are. */
final class DockerStreams implements ContainerStreams {

  private final DockerClient docker;
  private final String dockerHost;

  DockerStreams(DockerClient docker, String dockerHost) {
    this.docker = docker;
    this.dockerHost = dockerHost;
  }

  @Override
  public ProcessStreams exec(String containerId, ExecRequest request) throws RuntimeFailure {
    String execId =
        DockerCalls.call(() -> {
          ExecCreateCmd create =
              docker
                  .execCreateCmd(containerId)
                  .withCmd(request.command().toArray(String[]::new))
                  .withAttachStdin(request.stdin())
                  .withAttachStdout(request.stdout() || request.tty())
                  .withAttachStderr(request.stderr() && !request.tty())
                  .withTty(request.tty());
          return create.exec().getId();
        });
    String body = "{\"Detach\":false,\"Tty\":" + request.tty() + "}";
    return DockerProcess.begin(
        EngineSocket.upgrade(dockerHost, "/exec/" + execId + "/start", body),
        request.tty(),
        new ExecControl(execId));
  }

  @Override
  public ProcessStreams attach(String containerId, AttachRequest request) throws RuntimeFailure {
    InspectContainerResponse container = inspect(containerId);
    if (!Boolean.TRUE.equals(container.getState().getRunning())) {
      throw new RuntimeFailure(Kind.CONFLICT, "container " + containerId + " is not running");
    }
    String query =
        "?stream=1&logs=0&stdin=%d&stdout=%d&stderr=%d"
            .formatted(bit(request.stdin()), bit(request.stdout()), bit(request.stderr()));
    return DockerProcess.begin(
        EngineSocket.upgrade(dockerHost, "/containers/" + containerId + "/attach" + query, ""),
        Boolean.TRUE.equals(container.getConfig().getTty()),
        new AttachControl(containerId));
  }

  @Override
  public LogReader logs(String containerId, LogQuery query) throws RuntimeFailure {
    InspectContainerResponse container = inspect(containerId);
    Optional<LogReader> files = kept(container).read(query, () -> ended(containerId));
    return files.isPresent()
        ? files.get()
        : byTheEngine(containerId, Boolean.TRUE.equals(container.getConfig().getTty()), query);
  }

  private static EngineLog kept(InspectContainerResponse container) {
    LogConfig config = container.getHostConfig().getLogConfig();
    LogConfig.LoggingType driver = config == null ? null : config.getType();
    return EngineLog.of(driver == null ? null : driver.getType(), container.getLogPath());
  }

  /** An engine that does not answer may come back, and its containers with it. */
  private boolean ended(String containerId) throws RuntimeFailure {
    try {
      return !Boolean.TRUE.equals(inspect(containerId).getState().getRunning());
    } catch (RuntimeFailure e) {
      return switch (e.kind()) {
        case NOT_FOUND -> true;
        case UNAVAILABLE -> false;
        case CONFLICT, REFUSED -> throw e;
      };
    }
  }

  /** Not exact while the engine rotates a log that is followed. */
  LogReader byTheEngine(String containerId, boolean tty, LogQuery query) throws RuntimeFailure {
    String path =
        "/containers/%s/logs?follow=%d&timestamps=%d&stdout=%d&stderr=%d&tail=%s&since=%s"
            .formatted(
                containerId,
                bit(query.follow()),
                bit(query.timestamps()),
                bit(query.stdout()),
                bit(query.stderr()),
                query.tailLines() < 0 ? "all" : Integer.toString(query.tailLines()),
                query.since() == null ? "0" : unixTime(query.since()));
    return new DockerLog(EngineSocket.read(dockerHost, path), tty, query.timestamps());
  }

  private static String unixTime(Instant time) {
    return String.format(Locale.ROOT, "%d.%09d", time.getEpochSecond(), time.getNano());
  }

  private static int bit(boolean set) {
    return set ? 1 : 0;
  }

  private InspectContainerResponse inspect(String containerId) throws RuntimeFailure {
    return DockerCalls.call(() -> docker.inspectContainerCmd(containerId).exec());
  }

  /** What differs between a process that was started and one that was joined. */
  interface Control {
    void resize(int columns, int rows);

    int exitCode();
  }

  private final class ExecControl implements Control {
    private final String execId;

    ExecControl(String execId) {
      this.execId = execId;
    }

    @Override
    public void resize(int columns, int rows) {
      docker.resizeExecCmd(execId).withSize(rows, columns).exec();
    }

    @Override
    public int exitCode() {
      Long code = docker.inspectExecCmd(execId).exec().getExitCodeLong();
      return code == null ? 0 : code.intValue();
    }
  }

  private final class AttachControl implements Control {
    private final String containerId;

    AttachControl(String containerId) {
      this.containerId = containerId;
    }

    @Override
    public void resize(int columns, int rows) {
      docker.resizeContainerCmd(containerId).withSize(rows, columns).exec();
    }

    @Override
    public int exitCode() {
      InspectContainerResponse now = docker.inspectContainerCmd(containerId).exec();
      Long code = now.getState().getExitCodeLong();
      return code == null ? 0 : code.intValue();
    }
  }
}
