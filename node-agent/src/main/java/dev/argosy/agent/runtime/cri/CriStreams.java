package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.cri.log.LogFolders;
import dev.argosy.agent.runtime.cri.remote.RemoteProcess;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams through the runtime's streaming server, logs from their files. */
final class CriStreams implements ContainerStreams {

  private final CriCalls calls;
  private final CriObservation observation;
  private final LogFolders logs;

  CriStreams(CriCalls calls, CriObservation observation, LogFolders logs) {
    this.calls = calls;
    this.observation = observation;
    this.logs = logs;
  }

  @Override
  public ProcessStreams exec(String containerId, ExecRequest request) throws RuntimeFailure {
    boolean stderr = request.stderr() && !request.tty();
    boolean stdout = request.stdout() || request.tty() || !stderr;
    Message answer =
        calls.runtime(
            "Exec",
            new MessageBuilder()
                .text(1, containerId)
                .texts(2, request.command())
                .flag(3, request.tty())
                .flag(4, request.stdin())
                .flag(5, stdout)
                .flag(6, stderr));
    return begin(
        answer,
        new RemoteProcess.Wanted(request.stdin(), stdout, stderr, request.tty()),
        request.stdout());
  }

  /** Runtimes want one output at the least: what was not asked for is dropped. */
  private static RemoteProcess begin(
      Message answer, RemoteProcess.Wanted wanted, boolean askedForOutput) throws RuntimeFailure {
    RemoteProcess process = RemoteProcess.begin(answer.text(1), wanted);
    if (!askedForOutput) {
      process.dropOutput();
    }
    return process;
  }

  @Override
  public ProcessStreams attach(String containerId, AttachRequest request) throws RuntimeFailure {
    boolean tty = CriStatus.tty(status(containerId));
    boolean stderr = request.stderr() && !tty;
    boolean stdout = request.stdout() || tty || !stderr;
    Message answer =
        calls.runtime(
            "Attach",
            new MessageBuilder()
                .text(1, containerId)
                .flag(2, request.stdin())
                .flag(3, tty)
                .flag(4, stdout)
                .flag(5, stderr));
    RemoteProcess.Wanted wanted = new RemoteProcess.Wanted(request.stdin(), stdout, stderr, tty);
    return new Attached(begin(answer, wanted, request.stdout()), containerId);
  }

  @Override
  public LogReader logs(String containerId, LogQuery query) throws RuntimeFailure {
    String name = status(containerId).message(1).message(2).text(1);
    return logs.read(name, query, () -> ended(containerId));
  }

  private boolean ended(String containerId) throws RuntimeFailure {
    return observation
        .container(containerId)
        .map(container -> container.state() instanceof Container.Exited)
        .orElse(true);
  }

  private Message status(String containerId) throws RuntimeFailure {
    return observation
        .containerStatus(containerId)
        .orElseThrow(
            () -> new RuntimeFailure(Kind.NOT_FOUND, "there is no container " + containerId));
  }

  /** The first process: its exit code is the container's. */
  private final class Attached implements ProcessStreams {
    private final RemoteProcess process;
    private final String container;

    Attached(RemoteProcess process, String container) {
      this.process = process;
      this.container = container;
    }

    @Override
    public OutputStream stdin() {
      return process.stdin();
    }

    @Override
    public InputStream stdout() {
      return process.stdout();
    }

    @Override
    public InputStream stderr() {
      return process.stderr();
    }

    @Override
    public void resize(int columns, int rows) {
      process.resize(columns, rows);
    }

    @Override
    public int awaitExit() throws RuntimeFailure, InterruptedException {
      process.awaitExit();
      return observation
          .container(container)
          .map(Container::state)
          .filter(Container.Exited.class::isInstance)
          .map(exited -> ((Container.Exited) exited).exitCode())
          .orElse(0);
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
