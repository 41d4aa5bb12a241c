package dev.argosy.scheduler;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.scheduler.pod.PodView;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Ends pods, and tells them why. Any thread. */
final class Evictions {

  private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);

  private final ApiClient client;
  private final EventRecorder events;
  private final Background background;
  private final PodStatuses statuses;

  Evictions(ApiClient client, EventRecorder events, Background background, PodStatuses statuses) {
    this.client = client;
    this.events = events;
    this.background = background;
    this.statuses = statuses;
  }

  /** Ends a pod in favor of another one; calls back if that does not come about. */
  void evict(PodView victim, PodView pod, String node, Runnable failed) {
    background.run(() -> {
      if (!evictNow(victim, pod, node)) {
        failed.run();
      }
    });
  }

  private boolean evictNow(PodView victim, PodView pod, String node) {
    return endNow(
        victim,
        new Ending(
            "PreemptionByScheduler",
            PodView.SCHEDULER + ": " + why(victim, pod),
            "Preempted",
            told(victim, pod, node)));
  }

  /** Ends a member of a gang that does not become whole, so that all of it can begin anew. */
  void end(PodView member, String why) {
    background.run(() -> endNow(member, new Ending("GangIncomplete", why, "GangIncomplete", why)));
  }

  /** What the pod's condition DisruptionTarget says, and an event once it is deleted. */
  private record Ending(String reason, String message, String event, String text) {}

  private boolean endNow(PodView pod, Ending ending) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("uid", pod.uid());
    statuses.condition(
        pod,
        patch.putObject("status"),
        "DisruptionTarget",
        "True",
        ending.reason(),
        ending.message());
    statuses.write(pod, patch);
    try {
      Optional<ApiObject> gone =
          client.delete(pod.key(), DeleteOptions.ofUid(pod.uid())).orAbsent();
      if (gone.isPresent()) {
        events.normal(pod.subject(), ending.event(), ending.text());
      }
      return true;
    } catch (RuntimeException e) {
      LOG.info("{} was not ended: {}", pod.key(), e.toString());
      return false;
    }
  }

  private static String why(PodView victim, PodView pod) {
    return sameCluster(victim, pod)
        ? "preempting to accommodate a higher priority pod"
        : "reclaiming what tenant " + victim.key().cluster() + " has beyond its guarantee";
  }

  /** What is read by the victim's tenant, which must not hear of others. */
  private static String told(PodView victim, PodView pod, String node) {
    return sameCluster(victim, pod)
        ? "Preempted by pod " + pod.uid() + " on node " + node
        : "Preempted on node "
            + node
            + ": tenant "
            + victim.key().cluster()
            + " has more than is guaranteed to it, and what it borrowed is needed";
  }

  private static boolean sameCluster(PodView victim, PodView pod) {
    return victim.key().cluster().equals(pod.key().cluster());
  }
}
