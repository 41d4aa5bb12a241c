package dev.argosy.agent.pod.admit;

import dev.argosy.agent.kept.KeptJson;
import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the node's word on a pod over restarts of the agent. It is written before anything follows
 * from it, so a pod that the node has given up is not begun again by an agent whose predecessor
 * died before the API heard of it.
 */
public final class WordFile {

  private static final Logger LOG = LoggerFactory.getLogger(WordFile.class);

  private final KeptJson file;

  public WordFile(Path path) {
    this.file = new KeptJson(path);
  }

  /** What was said; empty if nothing was, or nothing that can be read. */
  public Optional<Word> load() {
    return file.read().flatMap(this::word);
  }

  private Optional<Word> word(JsonNode tree) {
    String reason = tree.path("reason").asString("");
    String message = tree.path("message").asString("");
    if (reason.isEmpty()) {
      LOG.warn("{} says nothing about its pod", file.path());
      return Optional.empty();
    }
    return Optional.of(
        tree.has("graceSeconds")
            ? new Verdict(
                reason,
                message,
                Duration.ofSeconds(tree.path("graceSeconds").asLong(0)),
                tree.path("disruption").asBoolean(false))
            : new Rejection(reason, message));
  }

  /** Keeps it; a disk that takes nothing is told, and the word counts as long as the agent runs. */
  public void save(Word word) {
    ObjectNode tree = Json.object().put("reason", word.reason()).put("message", word.message());
    switch (word) {
      case Rejection _ -> {}
      case Verdict verdict ->
          tree.put("graceSeconds", verdict.grace().toSeconds())
              .put("disruption", verdict.disruption());
    }
    file.tryWrite(tree);
  }
}
