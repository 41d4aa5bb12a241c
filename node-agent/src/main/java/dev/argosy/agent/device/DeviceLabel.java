package dev.argosy.agent.device;

import dev.argosy.agent.device.DeviceLedger.Held;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.model.object.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a container says of its devices by a label, for an agent that lost its own notes. */
final class DeviceLabel {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceLabel.class);
  static final String NAME = "argosy.dev/devices";

  private DeviceLabel() {}

  /** The label of a container that has these. */
  static Grant of(Map<String, Held> held) {
    ObjectNode tree = Json.object();
    held.forEach((resource, one) -> {
      ArrayNode ids = tree.putArray(resource);
      new TreeSet<>(one.ids()).forEach(ids::add);
    });
    return new Grant(Map.of(), List.of(), ContainerSpec.Extras.NONE, Map.of(NAME, tree.toString()));
  }

  /** With what containers say that are on the engine, but for what contradicts the rest. */
  static DeviceLedger recover(DeviceLedger ledger, List<Container> containers) {
    DeviceLedger found = ledger;
    for (Container one : containers) {
      String text = one.labels().getOrDefault(NAME, "");
      String uid = PodLabels.uid(one.labels()).orElse("");
      String name = one.labels().getOrDefault(PodLabels.CONTAINER, "");
      if (!text.isEmpty() && !uid.isEmpty()) {
        try {
          found = with(found, uid, name, Json.mapper().readTree(text));
        } catch (JacksonException | IllegalArgumentException e) {
          LOG.warn("devices of container {} are not known: {}", one.name(), e.getMessage());
        }
      }
    }
    return found;
  }

  private static DeviceLedger with(
      DeviceLedger ledger, String uid, String container, JsonNode label) {
    DeviceLedger found = ledger;
    for (Map.Entry<String, JsonNode> entry : label.properties()) {
      Set<String> ids = new HashSet<>();
      entry.getValue().forEach(id -> ids.add(id.asString("")));
      found = found.with(uid, container, entry.getKey(), new Held(ids, Optional.empty()));
    }
    return found;
  }
}
