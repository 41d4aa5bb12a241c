package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is there. A list shows little of each and a status costs a call, so a status is kept as long
 * as the list shows the same state: states go one way only. It is forgotten when limits change.
 */
final class CriObservation {

  /** CONTAINER_RUNNING and CONTAINER_EXITED; of a sandbox 0 is SANDBOX_READY. */
  private static final long RUNNING = 1;

  private static final long EXITED = 2;

  private record Kept<T>(long state, T value) {}

  private final CriCalls calls;
  private final CriMarks marks;
  private final Map<String, Kept<Container>> containers = new ConcurrentHashMap<>();
  private final Map<String, Kept<Sandbox>> sandboxes = new ConcurrentHashMap<>();

  /** How often something was forgotten: what was asked before that must not be kept after it. */
  private final AtomicLong forgotten = new AtomicLong();

  CriObservation(CriCalls calls, CriMarks marks) {
    this.calls = calls;
    this.marks = marks;
  }

  /** Messages {@code PodSandbox}. */
  List<Message> listSandboxes(Map<String, String> labels) throws RuntimeFailure {
    MessageBuilder filter = new MessageBuilder().map(3, marks.with(labels));
    return calls.runtime("ListPodSandbox", new MessageBuilder().message(1, filter)).messages(1);
  }

  /** Messages {@code Container}. */
  List<Message> listContainers(Map<String, String> labels) throws RuntimeFailure {
    MessageBuilder filter = new MessageBuilder().map(4, marks.with(labels));
    return calls.runtime("ListContainers", new MessageBuilder().message(1, filter)).messages(1);
  }

  List<Sandbox> sandboxes(Map<String, String> labels) throws RuntimeFailure {
    List<Sandbox> found = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (Message one : newestFirst(listSandboxes(labels), 4)) {
      String id = one.text(1);
      long state = one.number(3);
      present.add(id);
      Kept<Sandbox> kept = sandboxes.get(id);
      if (kept != null && kept.state == state) {
        found.add(kept.value);
      } else {
        sandboxStatus(id)
            .map(CriStatus::sandbox)
            .ifPresent(now -> {
              found.add(now);
              sandboxes.put(id, new Kept<>(state, now));
            });
      }
    }
    if (labels.isEmpty()) {
      sandboxes.keySet().retainAll(present);
    }
    return found;
  }

  List<Container> containers(Map<String, String> labels) throws RuntimeFailure {
    List<Container> found = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (Message one : newestFirst(listContainers(labels), 7)) {
      present.add(one.text(1));
      container(one.text(1), one.number(6)).ifPresent(found::add);
    }
    if (labels.isEmpty()) {
      containers.keySet().retainAll(present);
    }
    return found;
  }

  private static List<Message> newestFirst(List<Message> listed, int createdAt) {
    return listed.stream()
        .sorted(Comparator.comparingLong((Message m) -> m.number(createdAt)).reversed())
        .toList();
  }

  private Optional<Container> container(String id, long state) throws RuntimeFailure {
    Kept<Container> kept = containers.get(id);
    if (kept != null && kept.state == state) {
      return Optional.of(kept.value);
    }
    long before = forgotten.get();
    Optional<Container> now = containerStatus(id).map(CriStatus::container);
    if (now.isPresent() && steady(state, now.get())) {
      containers.put(id, new Kept<>(state, now.get()));
      if (forgotten.get() != before) {
        containers.remove(id);
      }
    }
    return now;
  }

  private static boolean steady(long listed, Container now) {
    return listed == RUNNING && now.state() instanceof Container.Running
        || listed == EXITED && now.state() instanceof Container.Exited;
  }

  void forget(String id) {
    forgotten.incrementAndGet();
    containers.remove(id);
  }

  Optional<Container> container(String id) throws RuntimeFailure {
    return containerStatus(id)
        .filter(status -> marks.ours(status.message(1).map(12)))
        .map(CriStatus::container);
  }

  /** {@code ContainerStatusResponse}, in full. */
  Optional<Message> containerStatus(String id) throws RuntimeFailure {
    return status("ContainerStatus", id);
  }

  /** {@code PodSandboxStatusResponse}, in full. */
  Optional<Message> sandboxStatus(String id) throws RuntimeFailure {
    return status("PodSandboxStatus", id);
  }

  private Optional<Message> status(String method, String id) throws RuntimeFailure {
    try {
      MessageBuilder request = new MessageBuilder().text(1, id).flag(2, true);
      return Optional.of(calls.runtime(method, request));
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static Instant time(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
