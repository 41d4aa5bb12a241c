package dev.argosy.scheduler.gang;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Resources;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A PodGroup as the scheduler sees it.
 *
 * @param minMember with fewer members it is not worth to run any; at least 1
 * @param minResources what must be free for all of them together, besides what each one asks for
 * @param timeout how long a part of it may hold its nodes while the rest has none
 * @see <a href="https://scheduler-plugins.sigs.k8s.io/docs/plugins/coscheduling/">Coscheduling</a>
 */
public record PodGroup(ObjectKey key, int minMember, Resources minResources, Duration timeout) {

  public static final GroupResource PODGROUPS =
      new GroupResource("scheduling.x-k8s.io", "podgroups");

  /** All groups of all clusters. */
  public static final InformerSpec<PodGroup> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(PODGROUPS), PodGroup::of);

  /** The label with which a pod names its group. */
  public static final String LABEL = "scheduling.x-k8s.io/pod-group";

  /** As long as the coscheduling plugin waits if the group does not say. */
  static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

  static PodGroup of(ApiObject group) {
    JsonNode spec = group.tree().path("spec");
    int seconds = spec.path("scheduleTimeoutSeconds").asInt(0);
    return new PodGroup(
        group.key(),
        Math.max(1, spec.path("minMember").asInt(1)),
        Resources.of(spec.path("minResources")),
        seconds > 0 ? Duration.ofSeconds(seconds) : USUAL_TIMEOUT);
  }

  /** The key of the group that a pod names, if it names one. */
  public static Optional<ObjectKey> named(PodView pod) {
    return Optional.of(name(pod))
        .filter(name -> !name.isEmpty())
        .map(name -> new ObjectKey(PODGROUPS, pod.key().cluster(), pod.key().namespace(), name));
  }

  /** The name of the pod's group; empty if it names none. */
  public static String name(PodView pod) {
    return pod.company().labels().getOrDefault(LABEL, "");
  }

  /** Whether two pods are of one gang. */
  public static boolean together(PodView a, PodView b) {
    String name = name(a);
    return !name.isEmpty()
        && name.equals(name(b))
        && a.key().namespace().equals(b.key().namespace())
        && a.key().cluster().equals(b.key().cluster());
  }
}
