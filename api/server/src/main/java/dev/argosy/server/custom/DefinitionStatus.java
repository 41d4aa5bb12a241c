package dev.argosy.server.custom;

import dev.argosy.model.object.Json;
import dev.argosy.server.custom.AcceptedNames.Taken;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.definition.Names;
import dev.argosy.server.custom.definition.Protected;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Works out the status of definitions. */
final class DefinitionStatus {

  static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
  private static final String APPROVAL = "api-approved.kubernetes.io";

  private final Clock clock;

  DefinitionStatus(Clock clock) {
    this.clock = clock;
  }

  /**
   * Brings the status in line with the spec: names, the conditions that follow from them, and the
   * list of stored versions. What others wrote into it stays.
   *
   * @param others the other definitions of its group
   */
  void settle(ObjectNode definition, List<Definition> others, Taken builtin) {
    JsonNode spec = definition.path("spec");
    ObjectNode status = status(definition);
    AcceptedNames accepted =
        AcceptedNames.decide(
            Names.of(spec.path("names")), Names.of(status.path("acceptedNames")), others, builtin);
    ObjectNode names = Json.object();
    accepted.names().into(names);
    status.set("acceptedNames", names);
    set(definition, "NamesAccepted", accepted.all(), accepted.reason(), accepted.message());
    if (accepted.all()) {
      set(
          definition,
          "Established",
          true,
          "InitialNamesAccepted",
          "the initial names have been accepted");
    } else if (!Definition.condition(definition, "Established")) {
      set(definition, "Established", false, "NotAccepted", "not all names are accepted");
    }
    approval(definition);
    storedVersions(spec, status);
  }

  private void approval(ObjectNode definition) {
    String text = definition.path("metadata").path("annotations").path(APPROVAL).asString("");
    if (Protected.group(definition.path("spec").path("group").asString("")) && !text.isEmpty()) {
      boolean link = !text.startsWith("unapproved");
      set(
          definition,
          "KubernetesAPIApprovalPolicyConformant",
          link,
          link ? "ApprovedAnnotation" : "UnapprovedAnnotation",
          link ? "approved in " + text : "not approved: \"" + APPROVAL + "\": \"" + text + "\"");
    }
  }

  /** The version in which objects are kept from now on may be in use. */
  private static void storedVersions(JsonNode spec, ObjectNode status) {
    ArrayNode stored =
        status.get("storedVersions") instanceof ArrayNode found
            ? found
            : status.putArray("storedVersions");
    for (JsonNode version : spec.path("versions")) {
      String name = version.path("name").asString("");
      boolean known = stored.valueStream().anyMatch(v -> v.asString("").equals(name));
      if (version.path("storage").asBoolean(false) && !known) {
        stored.add(name);
      }
    }
  }

  /** Marks a definition whose deletion begins. */
  void deletionBegins(ObjectNode definition) {
    ArrayNode finalizers = definition.withObject("metadata").withArray("finalizers");
    if (finalizers.valueStream().noneMatch(f -> f.asString("").equals(FINALIZER))) {
      finalizers.add(FINALIZER);
    }
    set(
        definition,
        "Terminating",
        true,
        "InstanceDeletionPending",
        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
  }

  /** Sets a condition; its time changes with its status only. */
  void set(ObjectNode definition, String type, boolean is, String reason, String message) {
    ObjectNode status = status(definition);
    ArrayNode conditions =
        status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
    ObjectNode condition = null;
    for (JsonNode one : conditions) {
      if (one instanceof ObjectNode object && object.path("type").asString("").equals(type)) {
        condition = object;
      }
    }
    if (condition == null) {
      condition = conditions.addObject().put("type", type);
    }
    String now = is ? "True" : "False";
    if (!condition.path("status").asString("").equals(now)) {
      condition.put("status", now);
      condition.put(
          "lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    condition.put("reason", reason).put("message", message);
  }

  private static ObjectNode status(ObjectNode definition) {
    return definition.get("status") instanceof ObjectNode status
        ? status
        : definition.putObject("status");
  }
}
