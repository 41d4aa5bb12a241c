package dev.argosy.scheduler.extender;

import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All services that have a say, in the order in which they are asked. Any thread. */
public final class Extenders implements AutoCloseable {

  public static final Extenders NONE = new Extenders(List.of());

  private final List<ExtenderClient> clients = new ArrayList<>();

  public Extenders(List<Extender> extenders) {
    extenders.forEach(one -> clients.add(new ExtenderClient(one, clients.size() + 1)));
  }

  /** Those that are asked where the pod may go. */
  public List<ExtenderClient> judges(PodView pod) {
    if (clients.isEmpty()) {
      return List.of();
    }
    return clients.stream()
        .filter(c -> c.extender().judges() && c.extender().concerns(pod))
        .toList();
  }

  /** Those that have a say in which pods may be ended so that there is room for this one. */
  public List<ExtenderClient> preempting(PodView pod) {
    if (clients.isEmpty()) {
      return List.of();
    }
    return clients.stream()
        .filter(c -> c.extender().verbs().preempt().isPresent() && c.extender().concerns(pod))
        .toList();
  }

  @Override
  public void close() {
    clients.forEach(ExtenderClient::close);
  }

  /** The one that binds the pod, if there is one. */
  public Optional<ExtenderClient> binder(PodView pod) {
    for (ExtenderClient client : clients) {
      if (client.extender().verbs().bind().isPresent() && client.extender().concerns(pod)) {
        return Optional.of(client);
      }
    }
    return Optional.empty();
  }
}
