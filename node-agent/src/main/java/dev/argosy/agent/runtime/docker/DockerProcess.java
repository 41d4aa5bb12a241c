package dev.argosy.agent.runtime.docker;

import dev.argosy.agent.runtime.pipe.BytePipe;
import dev.argosy.agent.runtime.spi.LogReader.Chunk;
import dev.argosy.agent.runtime.spi.LogReader.Source;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** One upgraded connection: frames are sorted into pipes, and a full pipe holds the engine back. */
final class DockerProcess implements ProcessStreams {

  private static final int PIPE_BYTES = 128 * 1024;

  private final EngineSocket socket;
  private final DockerStreams.Control control;
  private final OutputStream stdin;
  private final BytePipe stdout = new BytePipe(PIPE_BYTES);
  private final BytePipe stderr = new BytePipe(PIPE_BYTES);
  private final CountDownLatch ended = new CountDownLatch(1);

  private DockerProcess(EngineSocket socket, DockerStreams.Control control) {
    this.socket = socket;
    this.control = control;
    this.stdin = socket.out();
  }

  static DockerProcess begin(EngineSocket socket, boolean tty, DockerStreams.Control control) {
    DockerProcess process = new DockerProcess(socket, control);
    FrameReader frames = new FrameReader(socket.in(), tty);
    Thread.ofVirtual().name("docker-process").start(() -> process.sort(frames));
    return process;
  }

  private void sort(FrameReader frames) {
    try {
      for (Chunk chunk = frames.next(); chunk != null; chunk = frames.next()) {
        (chunk.source() == Source.STDERR ? stderr : stdout).write(chunk.bytes());
      }
    } catch (IOException closedOrEngineGone) {
      // either way there is no more output
    } finally {
      stdout.close();
      stderr.close();
      ended.countDown();
    }
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public InputStream stdout() {
    return stdout.input();
  }

  @Override
  public InputStream stderr() {
    return stderr.input();
  }

  @Override
  public void resize(int columns, int rows) throws RuntimeFailure {
    DockerCalls.callIdempotent(() -> control.resize(columns, rows));
  }

  @Override
  public int awaitExit() throws RuntimeFailure, InterruptedException {
    ended.await();
    return DockerCalls.call(control::exitCode);
  }

  @Override
  public void close() {
    stdout.close();
    stderr.close();
    socket.close();
  }
}
