package dev.argosy.agent.node;

import dev.argosy.agent.pod.room.Demand;
import dev.argosy.model.object.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the node gives to pods, as far as it is counted here: what the machine has, and extended
 * resources that somebody wrote into the node's status. Those of device plug-ins are counted where
 * the devices are. Any thread.
 */
public final class NodeOffer implements Supplier<Map<String, Long>> {

  private final Map<String, Long> own;
  private final Supplier<Set<String>> ofPlugins;
  private volatile Map<String, Long> written = Map.of();

  /**
   * @param ofPlugins names of the resources that device plug-ins give
   */
  public NodeOffer(NodeFacts facts, Supplier<Set<String>> ofPlugins) {
    ObjectNode amounts = Json.object();
    facts.allocatable().forEach(amounts::put);
    Map<String, Long> all = new HashMap<>(Demand.of(amounts).amounts());
    facts.hugePages().keySet().forEach(name -> all.putIfAbsent(name, 0L));
    this.own = Map.copyOf(all);
    this.ofPlugins = ofPlugins;
  }

  /** The node as the API has it. */
  public void seen(JsonNode node) {
    Map<String, Long> extended = new HashMap<>();
    ObjectNode allocatable = Json.object();
    node.path("status")
        .path("allocatable")
        .properties()
        .forEach(e -> {
          if (e.getKey().contains("/")) {
            allocatable.set(e.getKey(), e.getValue());
            extended.put(e.getKey(), 0L);
          }
        });
    extended.putAll(Demand.of(allocatable).amounts());
    written = extended;
  }

  @Override
  public Map<String, Long> get() {
    Map<String, Long> all = new HashMap<>(written);
    all.keySet().removeAll(ofPlugins.get());
    all.putAll(own);
    return all;
  }
}
