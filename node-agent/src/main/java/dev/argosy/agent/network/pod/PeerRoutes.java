package dev.argosy.agent.network.pod;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes to the pods of other nodes on the same link, through those nodes' addresses. */
public final class PeerRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(PeerRoutes.class);

  private final Map<String, String> gateways = new HashMap<>();

  /**
   * Brings the routes to this state.
   *
   * @param wanted node address by pod subnet; without this node itself
   */
  public synchronized void set(Map<String, String> wanted) {
    for (Map.Entry<String, String> route : wanted.entrySet()) {
      if (!route.getValue().equals(gateways.get(route.getKey()))) {
        add(route.getKey(), route.getValue());
      }
    }
    for (String gone : List.copyOf(gateways.keySet())) {
      if (!wanted.containsKey(gone)) {
        Commands.run(List.of("ip", "route", "del", gone));
        gateways.remove(gone);
      }
    }
  }

  private void add(String subnet, String gateway) {
    Outcome outcome = Commands.run(List.of("ip", "route", "replace", subnet, "via", gateway));
    if (outcome.ok()) {
      gateways.put(subnet, gateway);
    } else {
      LOG.warn("no route to pods {} through node {}: {}", subnet, gateway, outcome.output());
    }
  }
}
