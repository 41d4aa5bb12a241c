package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.argosy.agent.runtime.pipe.BytePipe;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One upgraded connection: frames are sorted into pipes, and a full pipe holds the engine back. */
final class DockerProcess implements ProcessStreams {

  private static final int PIPE_BYTES = 64 * 1024;

  private final DockerStreams.Control control;
  private final BytePipe stdin = new BytePipe(PIPE_BYTES);
  private final BytePipe stdout = new BytePipe(PIPE_BYTES);
  private final BytePipe stderr = new BytePipe(PIPE_BYTES);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Frames frames = new Frames();
  private volatile @Nullable Throwable error;

  DockerProcess(DockerStreams.Control control) {
    this.control = control;
  }

  /** What the connection sends to the process. */
  InputStream input() {
    return stdin.input();
  }

  /** Starts the connection, and waits until the engine took or refused it. */
  void begin(Consumer<ResultCallback<Frame>> start) throws RuntimeFailure {
    DockerCalls.call(() -> {
      start.accept(frames);
      return true;
    });
    try {
      frames.awaitStarted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Throwable refused = error;
    if (refused != null) {
      throw DockerCalls.failure(refused);
    }
  }

  @Override
  public OutputStream stdin() {
    return stdin.output();
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
    end();
    try {
      frames.close();
    } catch (IOException closingAnyway) {
      // the connection is gone either way
    }
  }

  private void end() {
    stdin.close();
    stdout.close();
    stderr.close();
    ended.countDown();
  }

  private final class Frames extends ResultCallback.Adapter<Frame> {
    @Override
    public void onNext(Frame frame) {
      BytePipe pipe = frame.getStreamType() == StreamType.STDERR ? stderr : stdout;
      pipe.write(frame.getPayload());
    }

    @Override
    public void onError(Throwable throwable) {
      error = throwable;
      super.onError(throwable);
      end();
    }

    @Override
    public void onComplete() {
      super.onComplete();
      end();
    }
  }
}
