package dev.argosy.scheduler.pod;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A pod as the scheduler sees it.
 *
 * @param node empty while it is not bound
 * @param ended whether it has succeeded or failed and takes nothing any more
 * @param gated whether it must not be scheduled yet
 * @param ours whether this scheduler is to bind it
 * @param told the message of its condition PodScheduled, if that is False
 * @param claims names of the volume claims that it uses
 */
public record PodView(
    ObjectKey key,
    String uid,
    String resourceVersion,
    Instant created,
    String node,
    boolean ended,
    boolean deleting,
    boolean gated,
    boolean ours,
    int priority,
    String told,
    List<String> claims,
    Demand demand) {

  public static final String SCHEDULER = "default-scheduler";

  public static final GroupResource PODS = new GroupResource("", "pods");

  /** All pods of all clusters. */
  public static final InformerSpec<PodView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(PODS), PodView::of);

  public static PodView of(ApiObject pod) {
    JsonNode tree = pod.tree();
    JsonNode spec = tree.path("spec");
    String phase = tree.path("status").path("phase").asString("");
    return new PodView(
        pod.key(),
        pod.meta().uid(),
        Long.toString(pod.revision()),
        Objects.requireNonNullElse(pod.meta().creationTimestamp(), Instant.EPOCH),
        spec.path("nodeName").asString(""),
        phase.equals("Succeeded") || phase.equals("Failed"),
        pod.meta().deleting(),
        !spec.path("schedulingGates").isEmpty(),
        spec.path("schedulerName").asString(SCHEDULER).equals(SCHEDULER),
        spec.path("priority").asInt(0),
        told(tree.path("status")),
        claims(spec),
        DemandReader.read(pod, spec));
  }

  private static List<String> claims(JsonNode spec) {
    List<String> names = new ArrayList<>();
    for (JsonNode volume : spec.path("volumes")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static String told(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("PodScheduled")
          && condition.path("status").asString("").equals("False")) {
        return condition.path("message").asString("");
      }
    }
    return "";
  }

  /** Whether it is to be given a node now. */
  public boolean pending() {
    return node.isEmpty() && !ended && !deleting && !gated && ours;
  }

  public Subject subject() {
    return new Subject(
        key.cluster(), "v1", "Pod", key.namespace(), key.name(), uid, resourceVersion, "");
  }
}
