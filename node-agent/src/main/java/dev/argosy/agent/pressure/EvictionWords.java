package dev.argosy.agent.pressure;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.model.quantity.Quantity;
import java.time.Duration;
import java.util.Map;

/** What a pod is told that must go, as Kubernetes words it. */
final class EvictionWords {

  /** What containers get at a hard threshold: enough to be told, not to be waited for. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private EvictionWords() {}

  static Verdict of(EvictionSettings settings, Threshold threshold, Level level, PodUse use) {
    Signal signal = threshold.signal();
    StringBuilder text = new StringBuilder();
    text.append("The node was low on resource: ").append(signal.resource()).append(". ");
    text.append("Threshold quantity: ")
        .append(amount(signal, threshold.least(level)))
        .append(", available: ")
        .append(amount(signal, level.available()))
        .append(". ");
    Map<String, Long> used = use.byContainer(signal);
    for (ContainerView container : use.containers()) {
      long now = used.getOrDefault(container.name(), 0L);
      long request = PodUse.request(container, signal.resource());
      if (now > request) {
        text.append(
            "Container %s was using %s, request is %s, has larger consumption of %s. "
                .formatted(
                    container.name(),
                    amount(signal, now),
                    amount(signal, request),
                    signal.resource()));
      }
    }
    Duration grace = threshold.hard() ? AT_ONCE : settings.longestGrace();
    return new Verdict("Evicted", text.toString(), grace, true);
  }

  /** Bytes in whole kibibytes, as the node counts them. */
  private static String amount(Signal signal, long units) {
    boolean bytes = !signal.resource().equals("inodes") && signal != Signal.PROCESSES;
    return bytes
        ? units == 0 ? "0" : Quantity.ofBytes(units >> 10 << 10).toString()
        : Long.toString(units);
  }
}
