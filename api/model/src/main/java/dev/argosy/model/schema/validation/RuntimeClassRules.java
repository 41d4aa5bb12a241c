package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ways to run containers. */
final class RuntimeClassRules implements KindRules {

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String handler = object.path("handler").asString("");
    checks.invalidAll(Path.of("handler"), handler, NameRules.dnsLabel(handler));
    JsonNode amounts = object.path("overhead").path("podFixed");
    if (amounts.isObject()) {
      ObjectNode limits = Json.object();
      limits.set("limits", amounts);
      ResourceRules.container(limits, Path.of("overhead"), checks);
    }
    JsonNode scheduling = object.path("scheduling");
    Path path = Path.of("scheduling");
    MetadataRules.labels(scheduling.path("nodeSelector"), path.child("nodeSelector"), checks);
    JsonNode tolerations = scheduling.path("tolerations");
    for (int i = 0; i < tolerations.size(); i++) {
      SchedulingRules.toleration(tolerations.get(i), path.child("tolerations").at(i), checks);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (!object.path("handler").equals(old.path("handler"))) {
      checks.immutable(Path.of("handler"), object.path("handler"));
    }
  }
}
