package dev.argosy.agent.memory;

import dev.argosy.agent.kept.KeptJson;
import dev.argosy.agent.memory.MemoryLedger.Block;
import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps who has memory of which nodes over restarts of the agent. */
final class MemoryFile {

  private final KeptJson file;

  MemoryFile(Path path) {
    this.file = new KeptJson(path);
  }

  /** What was saved; nothing if that cannot be read, and pods that run are then counted anew. */
  Map<String, Block> load() {
    return file.read(MemoryFile::blocks, "pods that run are counted anew").orElse(Map.of());
  }

  private static Map<String, Block> blocks(JsonNode tree) {
    Map<String, Block> blocks = new HashMap<>();
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
    return file.tryWrite(tree);
  }
}
