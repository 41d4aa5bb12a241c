package dev.argosy.server.flowcontrol.schema;

import dev.argosy.server.access.Attributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A FlowSchema and the level it leads to.
 *
 * @param uid of the schema; empty if the cluster has none
 */
public record Flow(
    String name,
    String uid,
    int precedence,
    Distinguisher distinguisher,
    List<Rule> rules,
    PriorityLevel level) {

  /** Which schema is asked first. */
  static final Comparator<Flow> ORDER =
      Comparator.comparingInt(Flow::precedence).thenComparing(Flow::name);

  /** By what the requests of one schema are told apart. */
  enum Distinguisher {
    NONE,
    BY_USER,
    BY_NAMESPACE
  }

  static Flow of(JsonNode object, PriorityLevel level) {
    JsonNode spec = object.path("spec");
    List<Rule> rules = new ArrayList<>();
    spec.path("rules").forEach(rule -> rules.add(Rule.of(rule)));
    return new Flow(
        object.path("metadata").path("name").asString(""),
        object.path("metadata").path("uid").asString(""),
        spec.path("matchingPrecedence").asInt(1000),
        switch (spec.path("distinguisherMethod").path("type").asString("")) {
          case "ByUser" -> Distinguisher.BY_USER;
          case "ByNamespace" -> Distinguisher.BY_NAMESPACE;
          default -> Distinguisher.NONE;
        },
        List.copyOf(rules),
        level);
  }

  /** The name of the level that a schema refers to. */
  static String levelName(JsonNode object) {
    return object.path("spec").path("priorityLevelConfiguration").path("name").asString("");
  }

  boolean covers(Attributes asked) {
    for (Rule rule : rules) {
      if (rule.covers(asked)) {
        return true;
      }
    }
    return false;
  }

  /** A hash of the requests that are one flow with this one; all its bits are good. */
  public long hash(Attributes asked) {
    String distinct =
        switch (distinguisher) {
          case NONE -> "";
          case BY_USER -> asked.user().name();
          case BY_NAMESPACE -> asked.namespace();
        };
    return mixed((long) name.hashCode() << 32 | distinct.hashCode() & 0xffff_ffffL);
  }

  /** The finalizer of SplitMix64. */
  private static long mixed(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
