package dev.argosy.agent.pod.running;

import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the engine has of one pod.
 *
 * @param sandbox empty once the pod has ended; its containers are kept for their logs
 * @param containers of all attempts that are still kept, in any order
 */
public record RunningPod(String uid, Optional<Sandbox> sandbox, List<Container> containers) {

  public RunningPod {
    containers = List.copyOf(containers);
  }

  /** The newest container of that name, running or not. */
  public Optional<Container> container(String name) {
    return attempts(name).findFirst();
  }

  /** The one before the newest; the log of {@code previous}. */
  public Optional<Container> previous(String name) {
    return attempts(name).skip(1).findFirst();
  }

  private Stream<Container> attempts(String name) {
    return containers.stream()
        .filter(c -> name.equals(c.labels().get(PodLabels.CONTAINER)))
        .sorted(Comparator.comparingInt((Container c) -> PodLabels.attempt(c.labels())).reversed());
  }
}
