package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The limit ranges of a namespace: containers that say nothing get its defaults, and nothing asks
 * for less or more than it allows.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/policy/limit-range/">Limit ranges</a>
 */
final class LimitRanger implements AdmissionStep {

  private static final GroupResource RANGES = new GroupResource("", "limitranges");
  private static final String NOTE = "kubernetes.io/limit-ranger";

  private final ClusterObjects objects;

  LimitRanger(ClusterObjects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() != Operation.CREATE
        || pod == null
        || !request.concerns("", "pods")
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    for (LimitRange range : ranges(request)) {
      complete(pod, spec, range);
    }
  }

  private static void complete(ObjectNode pod, ObjectNode spec, LimitRange range) {
    List<String> notes = new ArrayList<>();
    range.complete(spec.path("containers"), "container", notes);
    range.complete(spec.path("initContainers"), "init container", notes);
    if (!notes.isEmpty()) {
      ObjectNode metadata = object(pod, "metadata");
      object(metadata, "annotations")
          .put(NOTE, "LimitRanger plugin set: " + String.join("; ", notes));
    }
  }

  private static ObjectNode object(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode own ? own : parent.putObject(field);
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonNode object = limited(request);
    if (object == null) {
      return;
    }
    Set<String> problems = new LinkedHashSet<>();
    boolean pod = request.target().type().resource().equals("pods");
    for (LimitRange range : ranges(request)) {
      range.items().forEach(item -> check(item, object.path("spec"), pod, problems));
    }
    if (!problems.isEmpty()) {
      List<String> all = List.copyOf(problems);
      throw Refusal.of(
          request, all.size() == 1 ? all.getFirst() : "[" + String.join(", ", all) + "]");
    }
  }

  /** What is checked: new pods, resized ones, and claims; nothing that is being deleted. */
  private static @Nullable ObjectNode limited(AdmissionRequest request) {
    ObjectNode object = request.object();
    AdmissionRequest.Target target = request.target();
    if (object == null || object.path("metadata").has("deletionTimestamp")) {
      return null;
    }
    boolean create = request.operation() == Operation.CREATE;
    boolean pods = target.type().groupResource().equals(new GroupResource("", "pods"));
    boolean pod =
        pods && (create && target.subresource().isEmpty() || target.subresource().equals("resize"));
    boolean claim =
        request.concerns("", "persistentvolumeclaims") && request.operation() != Operation.DELETE;
    return pod || claim ? object : null;
  }

  private static void check(
      LimitRange.Item item, JsonNode spec, boolean pod, Set<String> problems) {
    switch (item.type()) {
      case "Container" -> {
        if (pod) {
          spec.path("containers").forEach(c -> item.check(c.path("resources"), problems));
          spec.path("initContainers").forEach(c -> item.check(c.path("resources"), problems));
        }
      }
      case "Pod" -> {
        if (pod) {
          item.check(PodAmounts.requests(spec), PodAmounts.limits(spec), problems);
        }
      }
      case "PersistentVolumeClaim" -> {
        if (!pod) {
          item.checkClaim(spec.path("resources"), problems);
        }
      }
      default -> {}
    }
  }

  private List<LimitRange> ranges(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    List<ApiObject> found = objects.list(RANGES, target.cluster(), target.namespace());
    return found.stream().map(LimitRange::of).toList();
  }
}
