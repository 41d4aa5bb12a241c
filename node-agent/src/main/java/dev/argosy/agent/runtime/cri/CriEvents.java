package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.GrpcConversation;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.ContainerRuntime.Subscription;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes, until closed. The lists are compared once a second, two calls for all pods
 * together; rarely once the runtime (containerd from 1.7, CRI-O from 1.26) tells of events, which
 * is then for what was not told.
 */
final class CriEvents implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(CriEvents.class);

  private static final long AGAIN_SECONDS = 1;
  private static final long RARELY_SECONDS = 30;

  /** CONTAINER_CREATED_EVENT; started, stopped and deleted follow it. */
  private static final long CREATED = 0;

  private final CriCalls calls;
  private final CriObservation observation;
  private final CriMarks marks;
  private final RuntimeListener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable GrpcConversation listening;

  /** Whether events come. */
  private volatile boolean told;

  /** What was there at the last comparison: the state by id. */
  private record Seen(long state, Map<String, String> labels) {}

  private CriEvents(
      CriCalls calls, CriObservation observation, CriMarks marks, RuntimeListener listener) {
    this.calls = calls;
    this.observation = observation;
    this.marks = marks;
    this.listener = listener;
  }

  static CriEvents subscribe(
      CriCalls calls, CriObservation observation, CriMarks marks, RuntimeListener listener) {
    CriEvents events = new CriEvents(calls, observation, marks, listener);
    Thread.ofVirtual().name("cri-events").start(events::listenUntilClosed);
    Thread.ofVirtual().name("cri-lists").start(events::compareUntilClosed);
    return events;
  }

  private void listenUntilClosed() {
    try {
      while (listen() && !closed.await(AGAIN_SECONDS, TimeUnit.SECONDS)) {
        told = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens until the stream ends; false if the runtime has no events. */
  private boolean listen() throws InterruptedException {
    try (GrpcConversation events = calls.events()) {
      listening = events;
      if (closed.getCount() == 0) {
        return false;
      }
      events.send(new MessageBuilder());
      events.finish();
      for (Message event = events.next(); event != null; event = events.next()) {
        told(event);
      }
    } catch (GrpcFailure e) {
      LOG.debug("no events from the container runtime: {}", e.getMessage());
      return e.code() != GrpcFailure.Code.UNIMPLEMENTED;
    }
    return true;
  }

  /** ContainerEventResponse; of a sandbox, too. */
  private void told(Message event) {
    told = true;
    Map<String, String> labels = event.message(4).map(7);
    if (event.number(2) != CREATED && marks.ours(labels)) {
      changed(event.text(1), labels);
    }
  }

  private void compareUntilClosed() {
    Map<String, Seen> before = null;
    try {
      do {
        before = compared(before);
      } while (!closed.await(told ? RARELY_SECONDS : AGAIN_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Map<String, Seen> compared(@Nullable Map<String, Seen> before) {
    try {
      Map<String, Seen> now = lists();
      if (before == null) {
        missedSome();
      } else {
        tell(before, now);
      }
      return now;
    } catch (RuntimeFailure e) {
      LOG.debug("no container runtime: {}", e.getMessage());
      return null;
    }
  }

  /** One at a time: two threads find out. */
  private synchronized void changed(String id, Map<String, String> labels) {
    listener.changed(new RuntimeChange(id, CriMarks.without(labels)));
  }

  private synchronized void missedSome() {
    listener.missedSome();
  }

  private Map<String, Seen> lists() throws RuntimeFailure {
    Map<String, Seen> now = new HashMap<>();
    for (Message one : observation.listSandboxes(Map.of())) {
      now.put(one.text(1), new Seen(one.number(3), one.map(5)));
    }
    for (Message one : observation.listContainers(Map.of())) {
      now.put(one.text(1), new Seen(one.number(6), one.map(8)));
    }
    return now;
  }

  private void tell(Map<String, Seen> before, Map<String, Seen> now) {
    now.forEach((id, seen) -> {
      Seen old = before.get(id);
      if (old == null || old.state != seen.state) {
        changed(id, seen.labels);
      }
    });
    before.forEach((id, seen) -> {
      if (!now.containsKey(id)) {
        changed(id, seen.labels);
      }
    });
  }

  @Override
  public void close() {
    closed.countDown();
    GrpcConversation now = listening;
    if (now != null) {
      now.close();
    }
  }
}
