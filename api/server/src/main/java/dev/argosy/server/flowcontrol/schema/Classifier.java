package dev.argosy.server.flowcontrol.schema;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.flowcontrol.seat.LevelSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** All flow schemas and priority levels of one cluster, in one state. */
public final class Classifier {

  private final List<Flow> flows;
  private final List<LevelSpec> levels;
  private final Flow lastResort;

  private Classifier(List<Flow> flows, List<LevelSpec> levels, Flow lastResort) {
    this.flows = List.copyOf(flows);
    this.levels = List.copyOf(levels);
    this.lastResort = lastResort;
  }

  /**
   * Compiles objects. Schemas that refer to no level do not count.
   *
   * @param schemas of all names; {@code catch-all} among them, with its level
   */
  public static Classifier of(Collection<JsonNode> schemas, Collection<JsonNode> levels) {
    Map<String, PriorityLevel> byName = new TreeMap<>();
    for (JsonNode object : levels) {
      PriorityLevel level = PriorityLevel.of(object);
      byName.put(level.spec().name(), level);
    }
    List<Flow> flows = new ArrayList<>();
    for (JsonNode object : schemas) {
      PriorityLevel level = byName.get(Flow.levelName(object));
      if (level != null) {
        flows.add(Flow.of(object, level));
      }
    }
    flows.sort(Flow.ORDER);
    Flow last =
        flows.stream()
            .filter(flow -> flow.name().equals(LevelSpec.LAST_RESORT))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no catch-all"));
    return new Classifier(flows, byName.values().stream().map(PriorityLevel::spec).toList(), last);
  }

  /** The first schema that covers a request; that of last resort if none does. */
  public Flow classify(Attributes asked) {
    for (int i = 0; i < flows.size(); i++) {
      Flow flow = flows.get(i);
      if (flow.covers(asked)) {
        return flow;
      }
    }
    return lastResort;
  }

  public List<LevelSpec> levels() {
    return levels;
  }
}
