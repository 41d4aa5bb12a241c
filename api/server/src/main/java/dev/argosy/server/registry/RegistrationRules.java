package dev.argosy.server.registry;

import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** Registrations of group versions: one without a service is served here, and so available. */
final class RegistrationRules implements KindRules {

  private final Clock clock;

  RegistrationRules(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    if (object.path("spec").has("service")) {
      return;
    }
    object
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Available")
        .put("status", "True")
        .put("lastTransitionTime", Metadata.timestamp(clock.instant()))
        .put("reason", "Local")
        .put("message", "Local APIServices are always available");
  }
}
