package dev.argosy.agent.runtime.cri.remote;

import dev.argosy.agent.runtime.pipe.BytePipe;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process in a container, over one connection; a full pipe holds the runtime back. */
public final class RemoteProcess implements ProcessStreams {

  private static final int PIPE_BYTES = 64 * 1024;
  private static final int NONE = -1;

  /** Which streams are wanted; with a terminal, errors come on the output. */
  public record Wanted(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

  private final SpdyConnection connection;
  private final Wanted wanted;
  private final OutputStream stdin;
  private final OutputStream resize;
  private final int errors;
  private final int out;
  private final int err;
  private final BytePipe stdout = new BytePipe(PIPE_BYTES);
  private final BytePipe stderr = new BytePipe(PIPE_BYTES);
  private final ByteArrayOutputStream verdict = new ByteArrayOutputStream();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Streams are opened in the order in which the protocol names them. */
  private RemoteProcess(SpdyConnection connection, Wanted wanted) throws IOException {
    this.connection = connection;
    this.wanted = wanted;
    this.errors = open("error");
    this.stdin =
        wanted.stdin() ? connection.output(open("stdin")) : OutputStream.nullOutputStream();
    this.out = wanted.stdout() ? open("stdout") : NONE;
    this.err = wanted.stderr() ? open("stderr") : NONE;
    this.resize =
        wanted.tty() ? connection.output(open("resize")) : OutputStream.nullOutputStream();
  }

  private int open(String type) throws IOException {
    return connection.open(Map.of("streamtype", type));
  }

  /**
   * Begins the conversation.
   *
   * @param url what the runtime answered to Exec or Attach
   */
  public static RemoteProcess begin(String url, Wanted wanted) throws RuntimeFailure {
    SpdyConnection connection = Upgrade.connect(url);
    try {
      RemoteProcess process = new RemoteProcess(connection, wanted);
      Thread.ofVirtual().name("cri-process").start(process::sort);
      return process;
    } catch (IOException e) {
      connection.close();
      throw new RuntimeFailure(Kind.UNAVAILABLE, "the container runtime: " + e.getMessage());
    }
  }

  private void sort() {
    try {
      connection.read(
          new SpdyConnection.Receiver() {
            @Override
            public void data(int stream, byte[] bytes) {
              if (stream == errors) {
                verdict.writeBytes(bytes);
              } else if (stream == out || stream == err) {
                (stream == out ? stdout : stderr).write(bytes);
              }
            }

            @Override
            public void ended(int stream) {
              // the verdict comes before the end of the connection, which is the end of all
            }
          });
    } catch (IOException closedOrRuntimeGone) {
      // either way there is no more output
    } finally {
      Verdict now = Verdict.of(verdict.toString(StandardCharsets.UTF_8));
      if (!now.message().isEmpty()) {
        byte[] message = (now.message() + "\n").getBytes(StandardCharsets.UTF_8);
        (err == NONE ? stdout : stderr).write(message);
      }
      stdout.close();
      stderr.close();
      ended.countDown();
      connection.close();
    }
  }

  /** Nobody will read its output. */
  public void dropOutput() {
    stdout.close();
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
  public void resize(int columns, int rows) {
    if (!wanted.tty()) {
      return;
    }
    String size = String.format(Locale.ROOT, "{\"Width\":%d,\"Height\":%d}\n", columns, rows);
    try {
      resize.write(size.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException over) {
      // a process that has ended has no size
    }
  }

  @Override
  public int awaitExit() throws RuntimeFailure, InterruptedException {
    ended.await();
    String status = verdict.toString(StandardCharsets.UTF_8);
    if (status.isEmpty()) {
      throw new RuntimeFailure(Kind.UNAVAILABLE, "the container runtime ended the conversation");
    }
    return Verdict.of(status).exitCode();
  }

  @Override
  public void close() {
    stdout.close();
    stderr.close();
    connection.close();
  }
}
