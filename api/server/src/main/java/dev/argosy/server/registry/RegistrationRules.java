package dev.argosy.server.registry;

import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.LayeredKindTable;
import dev.argosy.model.status.Cause;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Registrations of group versions: one without a service is served here, and so available. One with
 * a service may not be of a group that every cluster has.
 */
final class RegistrationRules implements KindRules {

  private final KindTables kinds;
  private final Clock clock;

  RegistrationRules(KindTables kinds, Clock clock) {
    this.kinds = kinds;
    this.clock = clock;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    if (!object.path("spec").has("service")) {
      local(object);
    }
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    if (!object.path("spec").has("service") && old.path("spec").has("service")) {
      local(object);
    }
  }

  private void local(ObjectNode object) {
    ArrayNode conditions = object.putObject("status").putArray("conditions");
    conditions
        .addObject()
        .put("type", "Available")
        .put("status", "True")
        .put("lastTransitionTime", Metadata.timestamp(clock.instant()))
        .put("reason", "Local")
        .put("message", "Local APIServices are always available");
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    JsonNode spec = object.path("spec");
    String group = spec.path("group").asString("");
    if (!spec.has("service") || !everybodyHas(write.cluster(), group)) {
      return List.of();
    }
    return List.of(
        new Cause(
            "FieldValueForbidden",
            "Forbidden: the group \""
                + group
                + "\" belongs to the platform and cannot be served by others",
            "spec.service"));
  }

  private boolean everybodyHas(String cluster, String group) {
    KindTable table = kinds.of(cluster);
    KindTable shared = table instanceof LayeredKindTable layered ? layered.base() : table;
    return shared.all().stream().anyMatch(kind -> kind.type().group().equals(group));
  }
}
