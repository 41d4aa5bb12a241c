package dev.argosy.server.registry;

import dev.argosy.model.status.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code metadata} of a tree that is being written. */
final class Metadata {

  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private final ObjectNode node;

  private Metadata(ObjectNode node) {
    this.node = node;
  }

  /** The metadata of an object, made if it is missing; BadRequest if it is something else. */
  static Metadata of(ObjectNode object) {
    JsonNode found = object.get("metadata");
    if (found == null || found.isNull()) {
      return new Metadata(object.putObject("metadata"));
    }
    if (found instanceof ObjectNode metadata) {
      return new Metadata(metadata);
    }
    throw Status.badRequest("metadata must be an object").asException();
  }

  ObjectNode node() {
    return node;
  }

  String text(String field) {
    return node.path(field).asString("");
  }

  void set(String field, String value) {
    node.put(field, value);
  }

  void remove(String... fields) {
    for (String field : fields) {
      node.remove(field);
    }
  }

  String takeResourceVersion() {
    String version = text("resourceVersion");
    node.remove("resourceVersion");
    return version;
  }

  long generation() {
    return node.path("generation").asLong(0);
  }

  void setGeneration(long generation) {
    node.put("generation", generation);
  }

  /** A deletion makes a new generation, of objects that count them. */
  void bumpGeneration() {
    if (generation() > 0) {
      setGeneration(generation() + 1);
    }
  }

  boolean deleting() {
    return !text("deletionTimestamp").isEmpty();
  }

  /** The grace of a deletion under way; empty if none was noted. */
  Optional<Long> grace() {
    JsonNode grace = node.get("deletionGracePeriodSeconds");
    return grace == null ? Optional.empty() : Optional.of(grace.asLong());
  }

  void markDeleted(Instant when, long graceSeconds) {
    node.put("deletionTimestamp", timestamp(when));
    node.put("deletionGracePeriodSeconds", graceSeconds);
  }

  List<String> finalizers() {
    List<String> finalizers = new ArrayList<>();
    node.path("finalizers").forEach(f -> finalizers.add(f.asString("")));
    return finalizers;
  }

  void setFinalizers(List<String> finalizers) {
    if (finalizers.isEmpty()) {
      node.remove("finalizers");
      return;
    }
    ArrayNode array = node.putArray("finalizers");
    finalizers.forEach(array::add);
  }

  void copyFrom(Metadata other, String... fields) {
    for (String field : fields) {
      JsonNode value = other.node.get(field);
      setOrRemove(node, field, value);
    }
  }

  /** Makes one tree's member what it is in another, absent if it is absent there. */
  static void setOrRemove(ObjectNode object, String field, @Nullable JsonNode value) {
    if (value == null) {
      object.remove(field);
    } else {
      object.set(field, value.deepCopy());
    }
  }

  /** A time as the API writes it, to the second. */
  static String timestamp(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
