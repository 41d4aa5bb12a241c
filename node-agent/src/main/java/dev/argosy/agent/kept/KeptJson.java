package dev.argosy.agent.kept;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A small document that outlives the agent. It is replaced whole or not at all. */
public record KeptJson(Path path) {

  private static final Logger LOG = LoggerFactory.getLogger(KeptJson.class);

  /** What was kept; empty if nothing was, or nothing that can be read, of which the log tells. */
  public Optional<JsonNode> read() {
    try {
      return Optional.of(Json.mapper().readTree(Files.readAllBytes(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      LOG.warn("{} not read: {}", path, e.toString());
      return Optional.empty();
    }
  }

  /** Keeps it, in a folder that is made if it is not there. */
  public void write(JsonNode tree) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(next(), Json.mapper().writeValueAsBytes(tree));
    Files.move(next(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same; a disk that takes nothing is told in the log, and what was kept before stays. */
  public void tryWrite(JsonNode tree) {
    try {
      write(tree);
    } catch (IOException e) {
      LOG.warn("{} not written: {}", path, e.toString());
    }
  }

  /** Forgets it, and what an agent that died was about to write. */
  public void remove() throws IOException {
    Files.deleteIfExists(next());
    Files.deleteIfExists(path);
  }

  private Path next() {
    return path.resolveSibling(path.getFileName() + ".next");
  }
}
