package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A log as frames in a bounded queue; an empty entry marks the end. */
final class DockerLog implements LogReader {

  private static final int FRAMES = 64;

  private final BlockingQueue<Optional<Chunk>> queue = new ArrayBlockingQueue<>(FRAMES);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Frames frames = new Frames();
  private volatile @Nullable Throwable error;

  private DockerLog() {}

  static DockerLog begin(LogContainerCmd command) throws RuntimeFailure {
    DockerLog log = new DockerLog();
    DockerCalls.call(() -> command.exec(log.frames));
    return log;
  }

  @Override
  public @Nullable Chunk next() throws RuntimeFailure, InterruptedException {
    Optional<Chunk> next = closed.get() ? Optional.empty() : queue.take();
    Throwable failed = error;
    if (next.isEmpty() && failed != null && !closed.get()) {
      throw DockerCalls.failure(failed);
    }
    if (next.isEmpty()) {
      close();
    }
    return next.orElse(null);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        frames.close();
      } catch (IOException closingAnyway) {
        // the connection is gone either way
      }
    }
    queue.clear();
    queue.add(Optional.empty());
  }

  private void put(Optional<Chunk> chunk) {
    try {
      while (!closed.get() && !queue.offer(chunk, 1, TimeUnit.SECONDS)) {
        // the reader is slow: wait, and look whether it is still there
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Frames extends ResultCallback.Adapter<Frame> {
    @Override
    public void onNext(Frame frame) {
      boolean stderr = frame.getStreamType() == StreamType.STDERR;
      put(Optional.of(new Chunk(stderr ? Source.STDERR : Source.STDOUT, frame.getPayload())));
    }

    @Override
    public void onError(Throwable throwable) {
      error = throwable;
      super.onError(throwable);
      put(Optional.empty());
    }

    @Override
    public void onComplete() {
      super.onComplete();
      put(Optional.empty());
    }
  }
}
