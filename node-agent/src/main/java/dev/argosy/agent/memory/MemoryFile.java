package dev.argosy.agent.memory;

import dev.argosy.agent.memory.MemoryLedger.Block;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps who has memory of which nodes over restarts of the agent. */
final class MemoryFile {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryFile.class);

  private final Path path;

  MemoryFile(Path path) {
    this.path = path;
  }

  /** What was saved; nothing if that cannot be read, and pods that run are then counted anew. */
  Map<String, Block> load() {
    Map<String, Block> blocks = new HashMap<>();
    try {
      JsonNode tree = Json.mapper().readTree(Files.readAllBytes(path));
      tree.path("blocks")
          .properties()
          .forEach(e -> {
            Map<String, Long> bytes = new HashMap<>();
            e.getValue()
                .path("bytes")
                .properties()
                .forEach(b -> bytes.put(b.getKey(), b.getValue().asLong(0)));
            if (e.getKey().contains("/")) {
              blocks.put(e.getKey(), new Block(e.getValue().path("nodes").asLong(0), bytes));
            }
          });
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException | JacksonException e) {
      LOG.warn("{} not read: {}; pods that run are counted anew", path, e.toString());
      return Map.of();
    }
    return blocks;
  }

  /** Whether it is kept; a disk that takes nothing is told. */
  boolean save(Map<String, Block> blocks) {
    ObjectNode tree = Json.object();
    ObjectNode all = tree.putObject("blocks");
    blocks.forEach((owner, block) -> {
      ObjectNode one = all.putObject(owner).put("nodes", block.nodes());
      block.bytes().forEach(one.putObject("bytes")::put);
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
