package dev.argosy.agent.pod.resize;

import dev.argosy.agent.kept.KeptJson;
import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps a pod's sizes over restarts of the agent. */
public final class SizeFile {

  private final KeptJson file;

  public SizeFile(Path path) {
    this.file = new KeptJson(path);
  }

  /** What was saved; empty if nothing was, or nothing that can be read. */
  public Optional<PodSizes> load() {
    return file.read()
        .map(tree ->
            new PodSizes(
                map(tree.path("granted")),
                map(tree.path("given")),
                tree.path("generation").asLong(0),
                Optional.empty()));
  }

  /** Saves all but why something is pending, which is found out anew. */
  public void save(PodSizes sizes) {
    ObjectNode tree = Json.object();
    sizes.granted().forEach(tree.putObject("granted")::set);
    sizes.given().forEach(tree.putObject("given")::set);
    tree.put("generation", sizes.generation());
    file.tryWrite(tree);
  }

  private static Map<String, JsonNode> map(JsonNode tree) {
    Map<String, JsonNode> map = new HashMap<>();
    tree.properties().forEach(e -> map.put(e.getKey(), e.getValue()));
    return map;
  }
}
