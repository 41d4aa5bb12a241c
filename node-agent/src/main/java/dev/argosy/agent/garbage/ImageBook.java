package dev.argosy.agent.garbage;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The images that pods of this node have named, and when a pod last did. Others have images on the
 * engine, too: what is not in here is not the agent's to remove. Kept in a file; any thread.
 */
final class ImageBook {

  private static final Logger LOG = LoggerFactory.getLogger(ImageBook.class);

  private final Path file;
  private final Map<String, Instant> named = new TreeMap<>();
  private boolean changed;

  ImageBook(Path file) {
    this.file = file;
    load();
  }

  private void load() {
    try {
      Json.mapper()
          .readTree(Files.readAllBytes(file))
          .properties()
          .forEach(e -> named.put(e.getKey(), Instant.parse(e.getValue().asString(""))));
    } catch (NoSuchFileException none) {
      // the first start
    } catch (IOException | JacksonException | DateTimeException e) {
      LOG.warn(
          "{} cannot be read ({}): images that pods used until now are not removed until a pod uses"
              + " them again",
          file,
          e.toString());
      named.clear();
    }
  }

  /** A pod wants these. */
  synchronized void name(Collection<String> references, Instant now) {
    for (String one : references) {
      named.put(ImageName.full(one), now);
      changed = true;
    }
  }

  /** All that were ever named and are not forgotten, by their full names. */
  synchronized Map<String, Instant> all() {
    return Map.copyOf(named);
  }

  /** Forgets what is neither there nor wanted. */
  synchronized void keepOnly(Set<String> fullNames) {
    changed |= named.keySet().retainAll(fullNames);
  }

  synchronized void forget(Collection<String> references) {
    for (String one : references) {
      changed |= named.remove(ImageName.full(one)) != null;
    }
  }

  /** Writes it down, if there is news. */
  synchronized void save() {
    if (!changed) {
      return;
    }
    ObjectNode tree = Json.object();
    named.forEach((name, at) -> tree.put(name, at.toString()));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.write(next, Json.mapper().writeValueAsBytes(tree));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      changed = false;
    } catch (IOException e) {
      LOG.warn("{} not written: {}", file, e.toString());
    }
  }
}
