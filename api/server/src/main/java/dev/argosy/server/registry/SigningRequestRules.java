package dev.argosy.server.registry;

import dev.argosy.model.access.UserInfo;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Certificate signing requests: they say who asked, and never change what was asked. */
final class SigningRequestRules implements KindRules {

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    if (object.get("spec") instanceof ObjectNode spec) {
      sign(spec, write.user());
    }
    object.remove("status");
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    Metadata.setOrRemove(object, "spec", old.get("spec"));
  }

  private static void sign(ObjectNode spec, UserInfo user) {
    spec.remove(java.util.List.of("uid", "extra"));
    spec.put("username", user.name());
    if (!user.uid().isEmpty()) {
      spec.put("uid", user.uid());
    }
    ArrayNode groups = spec.putArray("groups");
    user.groups().forEach(groups::add);
    if (!user.extra().isEmpty()) {
      ObjectNode extra = spec.putObject("extra");
      user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
    }
  }
}
