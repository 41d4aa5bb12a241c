package dev.argosy.agent.pod.resize;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps a pod's sizes over restarts of the agent. */
public final class SizeFile {

  private static final Logger LOG = LoggerFactory.getLogger(SizeFile.class);

  private final Path path;

  public SizeFile(Path path) {
    this.path = path;
  }

  /** What was saved; empty if nothing was, or nothing that can be read. */
  public Optional<PodSizes> load() {
    try {
      JsonNode tree = Json.mapper().readTree(Files.readAllBytes(path));
      return Optional.of(
          new PodSizes(
              map(tree.path("granted")),
              map(tree.path("given")),
              tree.path("generation").asLong(0),
              Optional.empty()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      LOG.warn("{} not read: {}", path, e.toString());
      return Optional.empty();
    }
  }

  /** Saves all but why something is pending, which is found out anew. */
  public void save(PodSizes sizes) {
    ObjectNode tree = Json.object();
    sizes.granted().forEach(tree.putObject("granted")::set);
    sizes.given().forEach(tree.putObject("given")::set);
    tree.put("generation", sizes.generation());
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.createDirectories(path.getParent());
      Files.write(next, Json.mapper().writeValueAsBytes(tree));
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} not written: {}", path, e.toString());
    }
  }

  private static Map<String, JsonNode> map(JsonNode tree) {
    Map<String, JsonNode> map = new HashMap<>();
    tree.properties().forEach(e -> map.put(e.getKey(), e.getValue()));
    return map;
  }
}
