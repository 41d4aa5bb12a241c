package dev.argosy.agent.device;

import dev.argosy.agent.device.DeviceLedger.Held;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
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

/** Keeps who has which devices, and which resources there were, over restarts of the agent. */
final class DeviceFile {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceFile.class);

  private final Path path;

  /** What the file says. */
  record Saved(Set<String> resources, DeviceLedger ledger) {}

  DeviceFile(Path path) {
    this.path = path;
  }

  /** Empty if there is nothing, or nothing that can be used; that is put aside. */
  Optional<Saved> load() {
    try {
      JsonNode tree = Json.mapper().readTree(Files.readAllBytes(path));
      Set<String> resources = texts(tree.path("resources"));
      DeviceLedger ledger = DeviceLedger.EMPTY;
      for (Map.Entry<String, JsonNode> pod : tree.path("pods").properties()) {
        for (Map.Entry<String, JsonNode> container : pod.getValue().properties()) {
          for (Map.Entry<String, JsonNode> held : container.getValue().properties()) {
            ledger =
                ledger.with(pod.getKey(), container.getKey(), held.getKey(), held(held.getValue()));
          }
        }
      }
      return Optional.of(new Saved(resources, ledger));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      LOG.warn(
          "{} cannot be used: {}; who has which devices is taken from what runs, and the file is"
              + " kept as {}.corrupt",
          path,
          e.getMessage(),
          path.getFileName());
      putAside();
      return Optional.empty();
    }
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

  private void putAside() {
    try {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".corrupt"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("{} not kept: {}", path, e.toString());
    }
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
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.write(next, Json.mapper().writeValueAsBytes(tree));
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      LOG.warn("{} not written: {}", path, e.toString());
      return false;
    }
  }
}
