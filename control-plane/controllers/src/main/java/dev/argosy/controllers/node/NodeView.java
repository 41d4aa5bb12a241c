package dev.argosy.controllers.node;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A node as controllers see it.
 *
 * @param heartbeat {@code lastHeartbeatTime} of condition Ready; changes with every full report
 * @param podCidr empty until it is given one
 */
public record NodeView(
    ApiObject object,
    boolean unschedulable,
    List<Taint> taints,
    List<Condition> conditions,
    String heartbeat,
    String podCidr) {

  /** All nodes; they live in root. */
  public static final InformerSpec<NodeView> ALL =
      InformerSpec.of(ResourceScope.cluster(Kinds.NODES, Kinds.ROOT), NodeView::of);

  static NodeView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    String heartbeat = "";
    for (JsonNode condition : tree.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        heartbeat = condition.path("lastHeartbeatTime").asString("");
      }
    }
    return new NodeView(
        object,
        spec.path("unschedulable").asBoolean(false),
        Taint.read(spec),
        Condition.read(tree.path("status")),
        heartbeat,
        spec.path("podCIDR").asString(""));
  }

  public static ObjectKey key(String name) {
    return new ObjectKey(Kinds.NODES, Kinds.ROOT, "", name);
  }

  public ObjectKey key() {
    return object.key();
  }

  public String name() {
    return object.name();
  }

  /** Its zone; empty if it is in none. */
  public String zone() {
    return Zone.of(object.meta().labels()).name();
  }

  public boolean ready() {
    return status("Ready").equals("True");
  }

  /** Whether somebody vouches that it is down and runs nothing any more. */
  public boolean outOfService() {
    return !status("Ready").equals("True")
        && taints.stream().anyMatch(taint -> taint.key().equals(Taint.OUT_OF_SERVICE));
  }

  /** Whether it bears a taint, of its not being ready, that its pods have to go for. */
  boolean expels() {
    return taints.stream()
        .anyMatch(t ->
            t.effect().equals(Taint.NO_EXECUTE)
                && (t.key().equals(Taint.NOT_READY) || t.key().equals(Taint.UNREACHABLE)));
  }

  /** {@code True}, {@code False} or {@code Unknown}. */
  String status(String condition) {
    return Condition.find(conditions, condition).map(Condition::status).orElse("Unknown");
  }
}
