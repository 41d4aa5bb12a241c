package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the engine has of the pod at one moment.
 *
 * @param sandboxes newest first
 */
public record Observed(List<Sandbox> sandboxes, List<Container> containers) {

  /** On a container: the sandbox it lives in. */
  public static final String SANDBOX = "argosy.dev/sandbox";

  /** On a container: its place in the row of quick restarts; see {@link BackOff}. */
  public static final String STEP = "argosy.dev/backoff-step";

  public Observed {
    sandboxes = List.copyOf(sandboxes);
    containers = List.copyOf(containers);
  }

  /** The sandbox in use, if it runs. */
  public Optional<Sandbox> sandbox() {
    return sandboxes.stream().findFirst().filter(Sandbox::running);
  }

  /** All attempts of a container, newest first. */
  public List<Container> attempts(String name) {
    return containers.stream()
        .filter(c -> name.equals(c.labels().get(PodLabels.CONTAINER)))
        .sorted(Comparator.comparingInt(Observed::attempt).reversed())
        .toList();
  }

  public Optional<Container> newest(String name) {
    return attempts(name).stream().findFirst();
  }

  public List<Container> running() {
    return containers.stream().filter(c -> c.state() instanceof Container.Running).toList();
  }

  public static int attempt(Container container) {
    return PodLabels.attempt(container.labels());
  }

  static int step(Container container) {
    String text = container.labels().getOrDefault(STEP, "0");
    return Integer.parseInt(text);
  }

  boolean inCurrentSandbox(Container container) {
    return sandbox().map(s -> s.id().equals(container.labels().get(SANDBOX))).orElse(false);
  }
}
