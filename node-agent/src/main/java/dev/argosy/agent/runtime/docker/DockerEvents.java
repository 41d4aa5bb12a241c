package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import dev.argosy.agent.runtime.spi.ContainerRuntime.Subscription;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the engine's event stream, again and again until closed; lists find what it missed. */
final class DockerEvents implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(DockerEvents.class);
  private static final long RETRY_SECONDS = 2;

  private final DockerClient docker;
  private final DockerLabels labels;
  private final Consumer<RuntimeChange> listener;
  private final CountDownLatch closed = new CountDownLatch(1);

  private DockerEvents(DockerClient docker, DockerLabels labels, Consumer<RuntimeChange> listener) {
    this.docker = docker;
    this.labels = labels;
    this.listener = listener;
  }

  static Subscription subscribe(
      DockerClient docker, DockerLabels labels, Consumer<RuntimeChange> listener) {
    DockerEvents events = new DockerEvents(docker, labels, listener);
    Thread.ofVirtual().name("docker-events").start(events::readUntilClosed);
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
            .withEventFilter("start", "die")
            .withLabelFilter(Map.of(DockerLabels.AGENT, labels.agent()))
            .exec(new Listening())) {
      while (!closed.await(0, TimeUnit.SECONDS)) {
        if (reading.awaitCompletion(1, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (IOException | RuntimeException engineGone) {
      LOG.debug("no events from the engine: {}", engineGone.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private final class Listening extends ResultCallback.Adapter<Event> {
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
        listener.accept(
            new RuntimeChange(
                event.getActor().getId(), attributes == null ? Map.of() : attributes));
      }
    }
  }
}
