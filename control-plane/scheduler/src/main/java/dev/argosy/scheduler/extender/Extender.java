package dev.argosy.scheduler.extender;

import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Resources;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One service that has a say.
 *
 * @param verbs what it is asked
 * @param cachesNodes whether it knows nodes, so that their names are enough
 * @param managed it is about pods that ask for one of these resources; empty for all pods
 * @param ignorable whether pods are scheduled without it if it does not answer
 */
public record Extender(
    URI url,
    Verbs verbs,
    Duration timeout,
    boolean cachesNodes,
    Set<String> managed,
    boolean ignorable,
    Tls tls) {

  /**
   * The last parts of the addresses of what it is asked; empty for what it is not.
   *
   * @param preempt whom room for a pod may cost
   * @param weight how much its word counts beside other scores
   */
  public record Verbs(
      Optional<String> filter,
      Optional<String> prioritize,
      Optional<String> preempt,
      Optional<String> bind,
      int weight) {}

  public Extender {
    managed = Set.copyOf(managed);
  }

  boolean concerns(PodView pod) {
    return managed.isEmpty()
        || managed.stream().anyMatch(name -> wants(pod.demand().requests(), name));
  }

  private static boolean wants(Resources requests, String name) {
    return switch (name) {
      case "cpu" -> requests.milliCpu() > 0;
      case "memory" -> requests.memory() > 0;
      case "ephemeral-storage" -> requests.storage() > 0;
      default -> requests.other().containsKey(name);
    };
  }

  boolean judges() {
    return verbs.filter().isPresent() || verbs.prioritize().isPresent();
  }
}
