package dev.argosy.scheduler.whatif;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One question.
 *
 * @param key the pod's; with several pods, what their names begin with
 * @param pod such a pod as a tree, as it would be admitted
 * @param count how many such pods
 * @param assume what is to be taken for granted, as the query says it
 */
public record Asked(ObjectKey key, ObjectNode pod, int count, JsonNode assume) {

  /** The pods; each with a name of its own if there are several. */
  PodView view(ObjectNode tree, int number) {
    String name = count == 1 ? key.name() : key.name() + "-" + number;
    ObjectNode one = tree.deepCopy();
    ObjectNode metadata = one.withObject("/metadata").put("name", name);
    if (count > 1 || metadata.path("uid").asString("").isEmpty()) {
      metadata.put("uid", "asked-" + number);
    }
    metadata.remove("resourceVersion");
    ObjectKey own = new ObjectKey(PodView.PODS, key.cluster(), key.namespace(), name);
    return PodView.of(ApiObject.ofStored(own, 1, Json.canonical(one)));
  }

  /** The first of them, as others are shown it. */
  ObjectNode shown() {
    ObjectNode shown = pod.deepCopy();
    shown.withObject("/metadata").put("name", key.name()).put("namespace", key.namespace());
    return shown;
  }

  String cluster() {
    return key.cluster();
  }

  /** Those of the pods that are assumed to be gone. */
  List<PodView> gone(List<PodView> pods) {
    List<PodView> gone = new ArrayList<>();
    for (PodView pod : pods) {
      for (JsonNode one : assume.path("podsGone")) {
        String name = one.path("name").asString("");
        if (name.isEmpty()
            ? LabelSelector.ofObject(one.get("selector")).matches(pod.company().labels())
            : name.equals(pod.key().name())) {
          gone.add(pod);
          break;
        }
      }
    }
    return gone;
  }

  /**
   * The nodes that are assumed to be there.
   *
   * @param present the nodes of the cluster
   * @throws UnknownNodeException if one is to be like a node that is not among them
   */
  List<NodeView> added(List<NodeView> present) throws UnknownNodeException {
    List<NodeView> added = new ArrayList<>();
    int number = 0;
    for (JsonNode shape : assume.path("nodes")) {
      int count = shape.path("count").asInt(1);
      for (int i = 0; i < count; i++) {
        added.add(AssumedNode.of(shape, "assumed-" + ++number, present));
      }
    }
    return added;
  }

  /** A question names a node that its cluster may not use. */
  static final class UnknownNodeException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownNodeException(String name) {
      super("there is no node \"" + name + "\" that this cluster may use");
    }
  }
}
