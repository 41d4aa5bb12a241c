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
        long seconds = Math.min(hook.path("sleep").path("seconds").asLong(0), limit.toSeconds());
        boolean never = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
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
