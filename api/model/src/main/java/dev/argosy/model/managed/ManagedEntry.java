package dev.argosy.model.managed;

import dev.argosy.model.object.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of {@code metadata.managedFields}.
 *
 * @param applied whether the fields were applied; otherwise they were written in another way
 * @param time when they were last written; null if not known
 * @param wire the form that it was read from, if nothing of it has changed
 */
record ManagedEntry(
    Writer writer,
    boolean applied,
    @Nullable Instant time,
    FieldSet fields,
    @Nullable ObjectNode wire) {

  /** As they stand in an object. */
  static final Comparator<ManagedEntry> ORDER =
      Comparator.comparing((ManagedEntry e) -> !e.applied)
          .thenComparing(ManagedEntry::second)
          .thenComparing(e -> e.writer.manager())
          .thenComparing(e -> e.writer.apiVersion())
          .thenComparing(e -> e.writer.subresource());

  static ManagedEntry of(Writer writer, boolean applied, Instant time, FieldSet fields) {
    return new ManagedEntry(writer, applied, time.truncatedTo(ChronoUnit.SECONDS), fields, null);
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static ManagedEntry read(JsonNode node) {
    String operation = node.path("operation").asString("");
    if (!operation.equals("Apply") && !operation.equals("Update")) {
      throw new IllegalArgumentException("operation must be `Apply` or `Update`");
    }
    String apiVersion = node.path("apiVersion").asString("");
    if (apiVersion.isEmpty()) {
      throw new IllegalArgumentException("apiVersion must not be empty");
    }
    if (!node.path("fieldsType").asString("").equals("FieldsV1")) {
      throw new IllegalArgumentException("fieldsType must be `FieldsV1`");
    }
    String manager = node.path("manager").asString("");
    JsonNode fields = node.path("fieldsV1");
    FieldSet set = fields.isMissingNode() ? FieldSet.EMPTY : FieldsV1.read(fields);
    Writer writer = new Writer(manager, apiVersion, node.path("subresource").asString(""));
    return new ManagedEntry(writer, operation.equals("Apply"), time(node), set, (ObjectNode) node);
  }

  private static @Nullable Instant time(JsonNode node) {
    String text = node.path("time").asString("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  ObjectNode write() {
    if (wire != null) {
      return wire;
    }
    ObjectNode node = Json.object();
    node.put("manager", writer.manager()).put("operation", applied ? "Apply" : "Update");
    node.put("apiVersion", writer.apiVersion());
    if (time != null) {
      node.put("time", time.toString());
    }
    node.put("fieldsType", "FieldsV1");
    node.set("fieldsV1", FieldsV1.node(fields));
    if (!writer.subresource().isEmpty()) {
      node.put("subresource", writer.subresource());
    }
    return node;
  }

  /** Whether both are of the same manager's same kind of writing, so that they become one. */
  boolean isOf(Writer other, boolean applies) {
    return applied == applies
        && writer.manager().equals(other.manager())
        && writer.subresource().equals(other.subresource())
        && (applied || writer.apiVersion().equals(other.apiVersion()));
  }

  ManagedEntry without(FieldSet gone) {
    FieldSet left = fields.difference(gone);
    return left == fields ? this : new ManagedEntry(writer, applied, time, left, null);
  }

  long second() {
    return time == null ? 0 : time.getEpochSecond();
  }

  /** As conflicts name it. */
  String describe() {
    StringBuilder text = new StringBuilder("\"").append(writer.manager()).append('"');
    if (!writer.subresource().isEmpty()) {
      text.append(" with subresource \"").append(writer.subresource()).append('"');
    }
    return applied ? text.toString() : text + " using " + writer.apiVersion();
  }
}
