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

  /** What a document says. */
  @FunctionalInterface
  public interface Form<T> {

    /**
     * Reads it.
     *
     * @throws IOException if it says nothing of that kind
     */
    T of(JsonNode tree) throws IOException;
  }

  /**
   * What was kept, read; empty if nothing was, or nothing that can be used. Such is put aside, with
   * {@code .corrupt} at the end of its name, and the log tells of it.
   *
   * @param otherwise what is done instead
   */
  public <T> Optional<T> read(Form<T> form, String otherwise) {
    try {
      return Optional.of(form.of(Json.mapper().readTree(Files.readAllBytes(path))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      Path aside = path.resolveSibling(path.getFileName() + ".corrupt");
      LOG.warn(
          "{} cannot be used: {}; {}, and the file is kept as {}",
          path,
          e.getMessage(),
          otherwise,
          aside.getFileName());
      putAside(aside);
      return Optional.empty();
    }
  }

  private void putAside(Path aside) {
    try {
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("{} not kept: {}", path, e.toString());
    }
  }

  /** Keeps it, in a folder that is made if it is not there. */
  public void write(JsonNode tree) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(next(), Json.mapper().writeValueAsBytes(tree));
    Files.move(next(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The same; whether it is kept. A disk that takes nothing is told in the log, and what was kept
   * before stays.
   */
  public boolean tryWrite(JsonNode tree) {
    try {
      write(tree);
      return true;
    } catch (IOException e) {
      LOG.warn("{} not written: {}", path, e.toString());
      return false;
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
