package dev.argosy.agent.cpu;

import dev.argosy.agent.kept.KeptJson;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps over restarts of the agent who has which processors. */
final class CpuFile {

  private final KeptJson file;

  CpuFile(Path path) {
    this.file = new KeptJson(path);
  }

  /**
   * What was saved, of a machine with the same processors; empty if it cannot be used, which is
   * said. The file is kept beside then.
   *
   * @param empty a ledger in which nobody has any
   */
  Optional<CpuLedger> load(CpuLedger empty) {
    return Files.exists(file.path())
        ? file.read(tree -> ledger(empty, tree), "who has which processors is taken from what runs")
        : Optional.of(empty);
  }

  private static CpuLedger ledger(CpuLedger empty, JsonNode tree) throws IOException {
    if (!tree.path("exclusive").isObject()) {
      throw new IOException("it is no list of processors");
    }
    Map<String, CpuSet> exclusive = new HashMap<>();
    for (Map.Entry<String, JsonNode> one : tree.path("exclusive").properties()) {
      exclusive.put(one.getKey(), CpuSet.parse(one.getValue().asString("?")));
    }
    return new CpuLedger(empty.all(), empty.reserved(), exclusive);
  }

  /** Whether it is kept; a disk that takes nothing is told. */
  boolean save(CpuLedger ledger) {
    ObjectNode tree = Json.object();
    ObjectNode exclusive = tree.putObject("exclusive");
    ledger.exclusive().forEach((owner, cpus) -> exclusive.put(owner, cpus.toString()));
    return file.tryWrite(tree);
  }
}
