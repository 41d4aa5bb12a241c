package dev.argosy.agent.device;

import dev.argosy.agent.device.DeviceLedger.Held;
import dev.argosy.agent.kept.KeptJson;
import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps who has which devices, and which resources there were, over restarts of the agent. */
final class DeviceFile {

  private final KeptJson file;

  /** What the file says. */
  record Saved(Set<String> resources, DeviceLedger ledger) {}

  DeviceFile(Path path) {
    this.file = new KeptJson(path);
  }

  /** Empty if there is nothing, or nothing that can be used; that is put aside. */
  Optional<Saved> load() {
    return file.read(DeviceFile::saved, "who has which devices is taken from what runs");
  }

  private static Saved saved(JsonNode tree) {
    DeviceLedger ledger = DeviceLedger.EMPTY;
    for (Map.Entry<String, JsonNode> pod : tree.path("pods").properties()) {
      for (Map.Entry<String, JsonNode> container : pod.getValue().properties()) {
        for (Map.Entry<String, JsonNode> held : container.getValue().properties()) {
          ledger =
              ledger.with(pod.getKey(), container.getKey(), held.getKey(), held(held.getValue()));
        }
      }
    }
    return new Saved(texts(tree.path("resources")), ledger);
  }

  private static Held held(JsonNode tree) {
    JsonNode grant = tree.path("grant");
    return new Held(
        texts(tree.path("ids")),
        grant.isObject() ? Optional.of(Grant.of(grant)) : Optional.empty());
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new HashSet<>();
    list.forEach(one -> texts.add(one.asString("")));
    return texts;
  }

  /** Whether it is kept; a disk that takes nothing is told. */
  boolean save(Set<String> resources, DeviceLedger ledger) {
    ObjectNode tree = Json.object();
    ArrayNode names = tree.putArray("resources");
    new TreeSet<>(resources).forEach(names::add);
    ObjectNode pods = tree.putObject("pods");
    ledger
        .owned()
        .forEach((uid, containers) -> {
          ObjectNode pod = pods.putObject(uid);
          containers.forEach((name, held) -> {
            ObjectNode container = pod.putObject(name);
            held.forEach((resource, one) -> {
              ObjectNode entry = container.putObject(resource);
              ArrayNode ids = entry.putArray("ids");
              new TreeSet<>(one.ids()).forEach(ids::add);
              one.grant().ifPresent(grant -> entry.set("grant", grant.tree()));
            });
          });
        });
    return file.tryWrite(tree);
  }
}
