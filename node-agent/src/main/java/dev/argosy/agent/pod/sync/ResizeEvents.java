package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.resize.Pending;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The events about other resources of a running pod, in Kubernetes' words. */
record ResizeEvents(PodEvents events) {

  void started(PodView granted, long generation) {
    String text = "Pod resize started: " + summary(granted, generation, "");
    events.normal(granted, "", "ResizeStarted", text);
  }

  void completed(PodView granted, long generation) {
    String text = "Pod resize completed: " + summary(granted, generation, "");
    events.normal(granted, "", "ResizeCompleted", text);
  }

  void pending(PodView wanted, Pending why) {
    String text =
        "Pod resize " + why.reason() + ": " + summary(wanted, wanted.generation(), why.message());
    events.warning(wanted, "", "Resize" + why.reason(), text);
  }

  void failed(PodView granted, long generation, String error) {
    String text = "Pod resize error: " + summary(granted, generation, error);
    events.warning(granted, "", "ResizeError", text);
  }

  private static String summary(PodView pod, long generation, String error) {
    ObjectNode summary = Json.object();
    add(summary, "initContainers", pod.initContainers());
    add(summary, "containers", pod.containers());
    summary.put("generation", generation);
    if (!error.isEmpty()) {
      summary.put("error", error);
    }
    return summary.toString();
  }

  private static void add(ObjectNode summary, String list, List<ContainerView> containers) {
    if (containers.isEmpty()) {
      return;
    }
    ArrayNode array = summary.putArray(list);
    for (ContainerView container : containers) {
      array.addObject().put("name", container.name()).set("resources", container.resources());
    }
  }
}
