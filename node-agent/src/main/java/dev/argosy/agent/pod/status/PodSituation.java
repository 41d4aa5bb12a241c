package dev.argosy.agent.pod.status;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import java.time.Instant;
import java.util.Map;

/**
 * All that a status is made of.
 *
 * @param podIp empty while it has none
 * @param hostIp the node's address
 * @param engine name of the engine, the scheme of container ids
 * @param messages per container id: what it left in its termination message file
 */
public record PodSituation(
    PodView pod,
    Observed observed,
    Recall recall,
    String podIp,
    String hostIp,
    String engine,
    Map<String, String> messages,
    Instant now) {

  public PodSituation {
    messages = Map.copyOf(messages);
  }

  boolean ready(Container container) {
    return container.state() instanceof Container.Running
        && recall.ready().contains(container.id())
        && !recall.stopping().containsKey(container.id());
  }
}
