package dev.argosy.model.schema.validation;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods: their spec, and the few fields of it that may change. */
final class PodRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> CONTAINERS = List.of("containers", "initContainers");
  private static final String ONLY =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)";

  @Override
  public void validate(ObjectNode object, Checks checks) {
    PodSpecRules.pod(object.path("spec"), SPEC, checks);
  }

  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    PodSpecRules.changedPod(object.path("spec"), SPEC, checks);
  }

  @Override
  public void validateUpdateOf(
      String subresource, ObjectNode object, ObjectNode old, Checks checks) {
    switch (subresource) {
      case "ephemeralcontainers" -> {
        if (old.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
          checks.forbidden(Path.ROOT, "static pods do not support ephemeral containers");
          return;
        }
        validateChanged(object, old, checks);
        EphemeralRules.kept(
            object.path("spec").path("ephemeralContainers"),
            old.path("spec").path("ephemeralContainers"),
            SPEC.child("ephemeralContainers"),
            checks);
      }
      case "resize" -> {
        validateChanged(object, old, checks);
        ResizeRules.validate(object, old, checks);
      }
      default -> {
        validateChanged(object, old, checks);
        validateUpdate(object, old, checks);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode before = old.path("spec");
    JsonNode after = object.path("spec");
    for (String kind : CONTAINERS) {
      if (before.path(kind).size() != after.path(kind).size()) {
        checks.forbidden(SPEC.child(kind), "pod updates may not add or remove containers");
        return;
      }
    }
    deadline(before.path("activeDeadlineSeconds"), after.path("activeDeadlineSeconds"), checks);
    tolerations(before.path("tolerations"), after.path("tolerations"), checks);
    gates(before.path("schedulingGates"), after.path("schedulingGates"), checks);
    boolean gated = !before.path("schedulingGates").isEmpty();
    if (gated) {
      GatedChanges.validate(after, before, checks);
    }
    if (before instanceof ObjectNode b
        && after instanceof ObjectNode a
        && !withoutMutable(b, a).equals(a)) {
      checks.forbidden(SPEC, ONLY);
    }
  }

  private static void deadline(JsonNode before, JsonNode after, Checks checks) {
    Path path = SPEC.child("activeDeadlineSeconds");
    if (before.isMissingNode()) {
      return;
    }
    if (after.isMissingNode()) {
      checks.invalid(path, after, "must not update from a positive integer to nil value");
    } else if (after.asLong(0) > before.asLong(0)) {
      checks.invalid(path, after, "must be less than or equal to previous value");
    }
  }

  private static void tolerations(JsonNode before, JsonNode after, Checks checks) {
    for (JsonNode toleration : before) {
      if (!kept(toleration, after)) {
        checks.forbidden(
            SPEC.child("tolerations"),
            "existing toleration can not be modified except its tolerationSeconds");
        return;
      }
    }
  }

  private static boolean kept(JsonNode toleration, JsonNode after) {
    for (JsonNode other : after) {
      if (withoutSeconds(toleration).equals(withoutSeconds(other))) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode withoutSeconds(JsonNode toleration) {
    ObjectNode copy = toleration instanceof ObjectNode node ? node.deepCopy() : Json.object();
    copy.remove("tolerationSeconds");
    return copy;
  }

  private static void gates(JsonNode before, JsonNode after, Checks checks) {
    for (JsonNode gate : after) {
      boolean known = false;
      for (JsonNode old : before) {
        known |= old.equals(gate);
      }
      if (!known) {
        checks.forbidden(
            SPEC.child("schedulingGates"),
            "only deletion is allowed, but found new scheduling gate '"
                + gate.path("name").asString("")
                + "'");
      }
    }
  }

  /** The old spec with all that may change taken from the new one. */
  private static ObjectNode withoutMutable(ObjectNode before, ObjectNode after) {
    ObjectNode merged = before.deepCopy();
    for (String kind : CONTAINERS) {
      if (merged.get(kind) instanceof ArrayNode containers) {
        for (int i = 0; i < containers.size(); i++) {
          take((ObjectNode) containers.get(i), after.path(kind).path(i), "image");
        }
      }
    }
    take(merged, after, "activeDeadlineSeconds");
    take(merged, after, "tolerations");
    take(merged, after, "schedulingGates");
    if (!before.path("schedulingGates").isEmpty()) {
      take(merged, after, "nodeSelector");
      takeNodeAffinity(merged, after);
    }
    boolean graceFixed =
        before.path("terminationGracePeriodSeconds").asLong(0) < 0
            && after.path("terminationGracePeriodSeconds").asLong(0) == 1;
    if (graceFixed) {
      take(merged, after, "terminationGracePeriodSeconds");
    }
    return merged;
  }

  private static void takeNodeAffinity(ObjectNode target, ObjectNode source) {
    JsonNode wanted = source.path("affinity").path("nodeAffinity");
    if (wanted.isMissingNode()) {
      return;
    }
    ObjectNode affinity =
        target.get("affinity") instanceof ObjectNode found ? found : target.putObject("affinity");
    affinity.set("nodeAffinity", wanted);
  }

  private static void take(ObjectNode target, JsonNode source, String field) {
    JsonNode value = source.path(field);
    if (value.isMissingNode()) {
      target.remove(field);
    } else {
      target.set(field, value);
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    JsonNode ips = status.path("podIPs");
    Path path = Path.of("status").child("podIPs");
    for (int i = 0; i < ips.size(); i++) {
      Addresses.ip(ips.get(i).path("ip").asString(""), path.at(i), checks);
    }
    String quality = old.path("status").path("qosClass").asString("");
    String now = status.path("qosClass").asString("");
    if (!quality.isEmpty() && !now.isEmpty() && !now.equals(quality)) {
      checks.immutable(Path.of("status").child("qosClass"), status.path("qosClass"));
    }
    terminated(spec, old.path("status"), status, "containerStatuses", checks);
  }

  /** A container that ended stays so, unless its policy or a rule of it begins it anew. */
  private static void terminated(
      JsonNode spec, JsonNode before, JsonNode after, String field, Checks checks) {
    JsonNode statuses = after.path(field);
    for (JsonNode old : before.path(field)) {
      JsonNode end = old.path("state").path("terminated");
      boolean finished = !end.isMissingNode() && !restarts(spec, old, end);
      for (int i = 0; finished && i < statuses.size(); i++) {
        JsonNode now = statuses.get(i);
        boolean same = now.path("name").equals(old.path("name"));
        if (same && now.path("state").path("terminated").isMissingNode()) {
          checks.forbidden(
              Path.of("status").child(field).at(i).child("state"),
              "may not be transitioned to non-terminated state");
        }
      }
    }
  }

  private static boolean restarts(JsonNode spec, JsonNode status, JsonNode end) {
    String ofPod = spec.path("restartPolicy").asString("");
    return spec.path("containers")
        .valueStream()
        .filter(c -> c.path("name").equals(status.path("name")))
        .anyMatch(c -> RestartRules.restarts(c, ofPod, end.path("exitCode").asInt(0)));
  }
}
