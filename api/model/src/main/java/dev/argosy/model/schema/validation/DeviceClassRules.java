package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Classes of devices. */
final class DeviceClassRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final int MAX_CONFIG = 32;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    DeviceRequests.selectors(spec.path("selectors"), SPEC.child("selectors"), checks);
    JsonNode config = spec.path("config");
    for (int i = 0; i < config.size(); i++) {
      DeviceNames.configuration(config.get(i), SPEC.child("config").at(i), checks);
    }
    DeviceNames.size(config, MAX_CONFIG, SPEC.child("config"), checks);
    String resource = spec.path("extendedResourceName").asString("");
    Path path = SPEC.child("extendedResourceName");
    if (spec.has("extendedResourceName")) {
      checks.invalidAll(path, resource, LabelRules.qualifiedName(resource));
      if (resource.indexOf('/') < 0 || resource.contains("kubernetes.io/")) {
        checks.invalid(path, resource, "must be a valid extended resource name");
      }
    }
  }
}
