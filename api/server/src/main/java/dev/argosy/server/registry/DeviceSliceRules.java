package dev.argosy.server.registry;

import java.time.Clock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Slices of devices: taints tell since when they are there. */
final class DeviceSliceRules implements KindRules {

  private final Clock clock;

  DeviceSliceRules(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    stamp(object);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    stamp(object);
  }

  private void stamp(ObjectNode object) {
    for (JsonNode device : object.path("spec").path("devices")) {
      for (JsonNode taint : device.path("taints")) {
        if (taint instanceof ObjectNode node && !node.has("timeAdded")) {
          node.put("timeAdded", Metadata.timestamp(clock.instant()));
        }
      }
    }
  }
}
