package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.validation.QosClass;
import dev.argosy.model.status.Cause;
import dev.argosy.server.quota.Waiting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Pods: first status, quality of service, graceful deletion. */
final class PodRules implements KindRules {

  private static final GroupResource PODS = new GroupResource("", "pods");
  static final String GATED = "Scheduling is blocked due to non-empty scheduling gates";
  private static final String GRACE = "terminationGracePeriodSeconds";
  private static final long DEFAULT_GRACE = 30;

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    someGrace(object);
    ObjectNode status = Json.object();
    status.put("phase", "Pending").put("qosClass", QosClass.of(object.path("spec")));
    if (!object.path("spec").path("schedulingGates").isEmpty()) {
      status
          .putArray("conditions")
          .addObject()
          .put("type", "PodScheduled")
          .put("status", "False")
          .put("reason", "SchedulingGated")
          .put("message", GATED);
    }
    object.set("status", status);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    someGrace(object);
  }

  /**
   * A grace below nothing is a second, in pods but not in their templates, as Kubernetes has it.
   */
  private static void someGrace(ObjectNode pod) {
    if (pod.path("spec").path(GRACE).asLong(0) < 0) {
      ((ObjectNode) pod.path("spec")).put(GRACE, 1);
    }
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    if (Waiting.waits(object) == (old != null && Waiting.waits(old))) {
      return List.of();
    }
    String why = "Forbidden: " + Waiting.GATE + " is set and removed by the platform only";
    return List.of(new Cause("FieldValueForbidden", why, "spec.schedulingGates"));
  }

  @Override
  public void beforeRemoval(Claims claims, String cluster, ObjectNode object) {
    if (Waiting.waits(object)) {
      Metadata metadata = Metadata.of(object);
      ObjectKey key =
          new ObjectKey(PODS, cluster, metadata.text("namespace"), metadata.text("name"));
      claims.release(Waiting.keyOf(key));
    }
  }

  @Override
  public long grace(@Nullable Long requested, ObjectNode object) {
    String phase = object.path("status").path("phase").asString("");
    boolean nothingRuns =
        object.path("spec").path("nodeName").asString("").isEmpty()
            || phase.equals("Succeeded")
            || phase.equals("Failed");
    if (nothingRuns) {
      return 0;
    }
    long grace =
        requested != null ? requested : object.path("spec").path(GRACE).asLong(DEFAULT_GRACE);
    return grace < 0 ? 1 : grace;
  }
}
