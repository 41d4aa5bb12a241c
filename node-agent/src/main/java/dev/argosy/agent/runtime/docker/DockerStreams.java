package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.AttachContainerCmd;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.ExecStartCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.LogContainerCmd;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;

/** Streams through Docker's upgraded connections. */
final class DockerStreams implements ContainerStreams {

  private final DockerClient docker;

  DockerStreams(DockerClient docker) {
    this.docker = docker;
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
    DockerProcess process = new DockerProcess(new ExecControl(execId));
    ExecStartCmd start = docker.execStartCmd(execId).withDetach(false).withTty(request.tty());
    if (request.stdin()) {
      start.withStdIn(process.input());
    }
    process.begin(start::exec);
    return process;
  }

  @Override
  public ProcessStreams attach(String containerId, AttachRequest request) throws RuntimeFailure {
    DockerProcess process = new DockerProcess(new AttachControl(containerId));
    AttachContainerCmd attach =
        docker
            .attachContainerCmd(containerId)
            .withFollowStream(true)
            .withLogs(false)
            .withStdOut(request.stdout())
            .withStdErr(request.stderr());
    if (request.stdin()) {
      attach.withStdIn(process.input());
    }
    process.begin(attach::exec);
    return process;
  }

  @Override
  public LogReader logs(String containerId, LogQuery query) throws RuntimeFailure {
    DockerCalls.call(() -> docker.inspectContainerCmd(containerId).exec());
    LogContainerCmd logs =
        docker
            .logContainerCmd(containerId)
            .withFollowStream(query.follow())
            .withTimestamps(query.timestamps())
            .withStdOut(query.stdout())
            .withStdErr(query.stderr());
    if (query.tailLines() >= 0) {
      logs.withTail(query.tailLines());
    } else {
      logs.withTailAll();
    }
    if (query.since() != null) {
      logs.withSince((int) query.since().getEpochSecond());
    }
    return DockerLog.begin(logs);
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
