package dev.argosy.agent.cpu;

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

/** Keeps over restarts of the agent who has which processors. */
final class CpuFile {

  private static final Logger LOG = LoggerFactory.getLogger(CpuFile.class);

  private final Path path;

  CpuFile(Path path) {
    this.path = path;
  }

  /**
   * What was saved, of a machine with the same processors; empty if it cannot be used, which is
   * said. The file is kept beside then.
   *
   * @param empty a ledger in which nobody has any
   */
  Optional<CpuLedger> load(CpuLedger empty) {
    try {
      JsonNode tree = Json.mapper().readTree(Files.readAllBytes(path));
      if (!tree.path("exclusive").isObject()) {
        throw new IOException("it is no list of processors");
      }
      Map<String, CpuSet> exclusive = new HashMap<>();
      for (Map.Entry<String, JsonNode> one : tree.path("exclusive").properties()) {
        exclusive.put(one.getKey(), CpuSet.parse(one.getValue().asString("?")));
      }
      return Optional.of(new CpuLedger(empty.all(), empty.reserved(), exclusive));
    } catch (NoSuchFileException first) {
      return Optional.of(empty);
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      LOG.warn(
          "{} cannot be used: {}; who has which processors is taken from what runs, and the file is"
              + " kept as {}",
          path,
          e.getMessage(),
          aside().getFileName());
      keepAside();
      return Optional.empty();
    }
  }

  private Path aside() {
    return path.resolveSibling(path.getFileName() + ".corrupt");
  }

  private void keepAside() {
    try {
      Files.move(path, aside(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("{} not kept: {}", path, e.toString());
    }
  }

  /** Whether it is kept; a disk that takes nothing is told. */
  boolean save(CpuLedger ledger) {
    ObjectNode tree = Json.object();
    ObjectNode exclusive = tree.putObject("exclusive");
    ledger.exclusive().forEach((owner, cpus) -> exclusive.put(owner, cpus.toString()));
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
