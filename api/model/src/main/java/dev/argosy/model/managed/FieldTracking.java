package dev.argosy.model.managed;

import dev.argosy.model.object.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code metadata.managedFields} true when an object is written otherwise than by apply. */
public final class FieldTracking {

  static final String MANAGED_FIELDS = "managedFields";

  private FieldTracking() {}

  /**
   * Notes in a new object who wrote it.
   *
   * @param object changed: its {@code metadata.managedFields}, which may be said by the writer
   */
  public static void created(TypeShape shape, Writer writer, ObjectNode object, Instant now) {
    ObjectNode metadata = metadata(object);
    ManagedEntries entries = ManagedEntries.read(metadata.remove(MANAGED_FIELDS));
    FieldSet fields = Comparison.of(new RootShape(shape), null, object).changed();
    entries = entries.withoutFields(fields).with(ManagedEntry.of(writer, false, now, fields));
    set(object, entries);
  }

  /**
   * Notes in a changed object who changed what. Nothing is noted of objects that have no entries,
   * because they are from before tracking or someone cleared them; the first apply begins anew.
   *
   * @param live the object before
   * @param object the object after, complete; changed: its {@code metadata.managedFields}, which
   *     may be said by the writer unless it writes to a subresource
   */
  public static void updated(
      TypeShape shape, Writer writer, ObjectNode live, ObjectNode object, Instant now) {
    JsonNode before = live.path("metadata").get(MANAGED_FIELDS);
    JsonNode said = metadata(object).remove(MANAGED_FIELDS);
    boolean usesSaid = writer.subresource().isEmpty() && said != null && !said.equals(before);
    if (usesSaid && clears(said)) {
      return;
    }
    JsonNode base = usesSaid && !ManagedEntries.read(said).isEmpty() ? said : before;
    if (base == null) {
      return;
    }
    Comparison difference = Comparison.of(new RootShape(shape), live, object);
    if (difference.same() && base == before) {
      metadata(object).set(MANAGED_FIELDS, base);
      return;
    }
    ManagedEntries entries = ManagedEntries.read(base);
    if (!entries.isEmpty()) {
      set(object, changed(entries, writer, difference, now).capped());
    }
  }

  private static ManagedEntries changed(
      ManagedEntries entries, Writer writer, Comparison difference, Instant now) {
    ManagedEntries left =
        entries.withoutFields(difference.changed()).withoutFields(difference.removed());
    if (difference.changed().isEmpty()) {
      return left;
    }
    FieldSet before = left.find(writer, false).map(ManagedEntry::fields).orElse(FieldSet.EMPTY);
    FieldSet owned = before.union(difference.changed());
    return left.with(ManagedEntry.of(writer, false, now, owned));
  }

  /** An empty list, or one empty entry, wants all entries gone. */
  private static boolean clears(JsonNode managedFields) {
    return managedFields.isArray()
        && (managedFields.isEmpty()
            || managedFields.size() == 1
                && managedFields.get(0).isObject()
                && managedFields.get(0).isEmpty());
  }

  /** Whether two states of the entries differ in their times at most. */
  public static boolean sameButTimes(@Nullable JsonNode a, @Nullable JsonNode b) {
    if (a == null || b == null || a.size() != b.size()) {
      return a == b;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!untimed(a.get(i)).equals(untimed(b.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode untimed(JsonNode entry) {
    if (!(entry instanceof ObjectNode object)) {
      return entry;
    }
    ObjectNode copy = Json.object();
    object.properties().stream()
        .filter(e -> !e.getKey().equals("time"))
        .forEach(e -> copy.set(e.getKey(), FieldsV1.tree(e.getValue())));
    return copy;
  }

  static ObjectNode metadata(ObjectNode object) {
    return object.get("metadata") instanceof ObjectNode found
        ? found
        : object.putObject("metadata");
  }

  static void set(ObjectNode object, ManagedEntries entries) {
    if (entries.isEmpty()) {
      metadata(object).remove(MANAGED_FIELDS);
    } else {
      metadata(object).set(MANAGED_FIELDS, entries.write());
    }
  }
}
