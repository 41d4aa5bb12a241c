package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import dev.argosy.agent.runtime.spi.ContainerRuntime.Subscription;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the engine's event stream, again and again until closed. The engine answers shortly before
 * it begins to listen, so each stream asks for the events since a moment before it was opened, by
 * the clock that both share.
 */
final class DockerEvents implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(DockerEvents.class);
  private static final long RETRY_SECONDS = 2;
  private static final Duration OVERLAP = Duration.ofSeconds(1);

  private final DockerClient docker;
  private final DockerLabels labels;
  private final Clock clock;
  private final RuntimeListener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread reader;

  private DockerEvents(
      DockerClient docker, DockerLabels labels, Clock clock, RuntimeListener listener) {
    this.docker = docker;
    this.labels = labels;
    this.clock = clock;
    this.listener = listener;
    this.reader = Thread.ofVirtual().name("docker-events").unstarted(this::readUntilClosed);
  }

  static Subscription subscribe(
      DockerClient docker, DockerLabels labels, Clock clock, RuntimeListener listener) {
    DockerEvents events = new DockerEvents(docker, labels, clock, listener);
    events.reader.start();
    return events;
  }

  private void readUntilClosed() {
    try {
      do {
        read();
      } while (!closed.await(RETRY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws InterruptedException {
    try (ResultCallback.Adapter<Event> reading =
        docker
            .eventsCmd()
            .withSince(Long.toString(clock.instant().minus(OVERLAP).getEpochSecond()))
            .withEventFilter("start", "die")
            .withLabelFilter(Map.of(DockerLabels.AGENT, labels.agent()))
            .exec(new Listening())) {
      reading.awaitCompletion(); // with a time-out it would close the stream when that is over
    } catch (IOException | RuntimeException engineGone) {
      LOG.debug("no events from the engine: {}", engineGone.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    reader.interrupt();
  }

  private final class Listening extends ResultCallback.Adapter<Event> {
    @Override
    public void onStart(Closeable stream) {
      super.onStart(stream);
      listener.missedSome();
    }

    /** The engine's going is no surprise, as it would be logged without this. */
    @Override
    public void onError(Throwable engineGone) {
      LOG.debug("events of the engine end: {}", engineGone.toString());
      try {
        close();
      } catch (IOException e) {
        LOG.debug("event stream not closed: {}", e.toString());
      }
    }

    @Override
    public void onNext(Event event) {
      if (event.getActor() != null && event.getActor().getId() != null) {
        Map<String, String> attributes = event.getActor().getAttributes();
        listener.changed(
            new RuntimeChange(
                event.getActor().getId(), attributes == null ? Map.of() : attributes));
      }
    }
  }
}
