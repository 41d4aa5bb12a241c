package dev.argosy.controllers.revision;

import dev.argosy.model.object.Json;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a revision keeps of a pod template, written as Kubernetes' own programs write it: kubectl
 * and others compare the bytes of their own writing with it, to see which revision is the present
 * one. They write members in the order of their names, and those that are never absent in Go:
 * {@code resources} of a container, {@code divisor} of a reference to a resource.
 */
final class TemplateData {

  private TemplateData() {}

  /** A patch that brings the template back. */
  static ObjectNode of(ObjectNode template) {
    ObjectNode data = Json.object();
    ObjectNode copy = data.putObject("spec").putObject("template");
    copy.setAll(template.deepCopy());
    copy.put("$patch", "replace");
    complete(copy);
    return (ObjectNode) Json.sorted(data);
  }

  private static void complete(ObjectNode template) {
    JsonNode spec = template.path("spec");
    Stream.of("containers", "initContainers")
        .flatMap(containers -> spec.path(containers).valueStream())
        .forEach(TemplateData::container);
    for (JsonNode volume : spec.path("volumes")) {
      volume.at("/downwardAPI/items").forEach(TemplateData::reference);
      for (JsonNode source : volume.at("/projected/sources")) {
        source.at("/downwardAPI/items").forEach(TemplateData::reference);
      }
      if (volume.at("/ephemeral/volumeClaimTemplate") instanceof ObjectNode claim) {
        claim.withObject("/metadata");
        claim.withObject("/spec").withObject("/resources");
      }
    }
  }

  private static void container(JsonNode container) {
    if (container instanceof ObjectNode object) {
      object.withObject("/resources");
    }
    container.path("env").forEach(variable -> reference(variable.path("valueFrom")));
  }

  private static void reference(JsonNode holder) {
    if (holder.path("resourceFieldRef") instanceof ObjectNode reference
        && !reference.has("divisor")) {
      reference.put("divisor", "0");
    }
  }
}
