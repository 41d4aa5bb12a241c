package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.probe.ProbeCall;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.ProbeView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Lifecycle hooks: a command, a request, or a pause. */
final class Hooks {

  private Hooks() {}

  /** How long a hook rests; to the end of the limit and not a moment less, if it asks for more. */
  static Duration pause(JsonNode hook, Duration limit) {
    Duration wanted = Duration.ofSeconds(hook.path("sleep").path("seconds").asLong(0));
    return wanted.compareTo(limit) < 0 ? wanted : limit;
  }

  /** Runs a hook to its end or the time limit; what went wrong, if anything. */
  static Optional<String> run(
      PodNode node,
      PodView pod,
      ContainerView container,
      JsonNode hook,
      String id,
      Duration limit) {
    try {
      if (hook.path("sleep").isObject()) {
        long pause = pause(hook, limit).toMillis();
        boolean never = new CountDownLatch(1).await(pause, TimeUnit.MILLISECONDS);
        return never ? Optional.of("impossible") : Optional.empty();
      }
      if (!hook.path("exec").isObject() && !hook.path("httpGet").isObject()) {
        return Optional.of("invalid handler: only exec, httpGet and sleep can be hooks");
      }
      String ip =
          pod.hostNetwork() ? node.ip() : node.network().address(pod.uid()).orElse("127.0.0.1");
      ProbeView call = new ProbeView(hook, Duration.ZERO, limit, limit, 1, 1, null);
      return new ProbeCall(node.runtime().streams()).ask(call, container.tree(), id, ip);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
