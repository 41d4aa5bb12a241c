package dev.argosy.model.managed;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One server-side apply: what an applier wants, merged into what is there.
 *
 * @param shape of the whole object
 * @param writer the applier
 * @param configuration the fields that it wants to own, and their values; not changed
 * @param force whether it takes fields over from their owners
 * @param now when
 */
public record Application(
    TypeShape shape, Writer writer, ObjectNode configuration, boolean force, Instant now) {

  /** The manager that took over from client-side apply of the same tool. */
  private static final String KUBECTL = "kubectl";

  /**
   * What the door by which an applier comes lets through.
   *
   * @param settle brings a merged object into the form in which it is compared: canonical values,
   *     and what may not be written here as it was
   * @param writable of the fields that a configuration names, those that can be owned here
   */
  public record Door(UnaryOperator<ObjectNode> settle, UnaryOperator<FieldSet> writable) {}

  /**
   * The object after the apply, its {@code managedFields} with it. If nothing changed, and nobody's
   * fields either, it is as it was.
   *
   * @param live the present object; null to make a new one. Not changed
   * @throws dev.argosy.model.status.StatusException BadRequest if the configuration is none,
   *     Conflict if others own what it changes and it does not force
   */
  public ObjectNode onto(@Nullable ObjectNode live, Door door) {
    requireNoEntries();
    FieldSet wanted = door.writable().apply(read());
    ManagedEntries before = entries(live, door);
    ManagedEntries others = before.without(writer, true);
    FieldSet last = before.find(writer, true).map(ManagedEntry::fields).orElse(FieldSet.EMPTY);
    ObjectNode merged = live == null ? blank() : live.deepCopy();
    FieldTracking.metadata(merged).remove(FieldTracking.MANAGED_FIELDS);
    Merging.merge(root(), merged, configuration);
    Removal.apply(root(), merged, last, others.owned().union(wanted));
    ObjectNode object = door.settle().apply(merged);
    Comparison difference = Comparison.of(root(), live, object);
    requireNoConflicts(others, difference, live);
    FieldTracking.set(object, after(before, others, wanted, difference));
    if (writer.manager().equals(KUBECTL)) {
      LastApplied.update(object, configuration);
    }
    return object;
  }

  private TypeShape root() {
    return new RootShape(shape);
  }

  private void requireNoEntries() {
    JsonNode said = configuration.path("metadata").get(FieldTracking.MANAGED_FIELDS);
    if (said != null && !said.isNull()) {
      throw Status.badRequest("metadata.managedFields must be nil").asException();
    }
  }

  private FieldSet read() {
    Configuration.Read read = Configuration.of(root(), configuration);
    if (!read.problems().isEmpty()) {
      throw Status.badRequest(
              "failed to create typed patch object (" + name() + "): " + listed(read.problems()))
          .asException();
    }
    return read.fields();
  }

  private String name() {
    JsonNode metadata = configuration.path("metadata");
    String namespace = metadata.path("namespace").asString("");
    String kind = configuration.path("kind").asString("");
    String name = metadata.path("name").asString("");
    return (namespace.isEmpty() ? name : namespace + "/" + name)
        + "; "
        + writer.apiVersion()
        + ", Kind="
        + kind;
  }

  private static String listed(List<String> problems) {
    return problems.size() == 1
        ? problems.getFirst()
        : "errors:\n  " + String.join("\n  ", problems);
  }

  private ObjectNode blank() {
    ObjectNode object = Json.object();
    for (String field : List.of("apiVersion", "kind")) {
      object.set(field, configuration.path(field));
    }
    ObjectNode metadata = object.putObject("metadata");
    for (String field : List.of("name", "namespace", "generateName")) {
      JsonNode value = configuration.path("metadata").get(field);
      if (value != null && value.isString()) {
        metadata.set(field, value);
      }
    }
    return object;
  }

  /** Whatever an object without entries has was somebody's before the first apply. */
  private ManagedEntries entries(@Nullable ObjectNode live, Door door) {
    if (live == null) {
      return ManagedEntries.NONE;
    }
    ManagedEntries entries =
        ManagedEntries.read(live.path("metadata").get(FieldTracking.MANAGED_FIELDS));
    if (!entries.isEmpty()) {
      return entries;
    }
    FieldSet all = door.writable().apply(Comparison.of(root(), null, live).changed());
    Writer before = writer.named(Writer.BEFORE_FIRST_APPLY);
    return entries.with(ManagedEntry.of(before, false, now, all));
  }

  private void requireNoConflicts(
      ManagedEntries others, Comparison difference, @Nullable ObjectNode live) {
    Conflicts conflicts = Conflicts.of(others, difference.changed());
    if (force || conflicts.isEmpty()) {
      return;
    }
    if (live != null && writer.manager().equals(KUBECTL)) {
      FieldSet mine = LastApplied.fields(root(), writer, live);
      if (conflicts.besides(mine).isEmpty()) {
        return;
      }
      conflicts = conflicts.besides(mine);
    }
    throw conflicts.status().asException();
  }

  private ManagedEntries after(
      ManagedEntries before, ManagedEntries others, FieldSet wanted, Comparison difference) {
    ManagedEntries left =
        others.withoutFields(difference.changed()).withoutFields(difference.removed());
    ManagedEntry entry =
        before
            .find(writer, true)
            .filter(previous -> difference.same() && isStill(previous, wanted))
            .orElseGet(() -> ManagedEntry.of(writer, true, now, wanted));
    return left.with(entry);
  }

  private boolean isStill(ManagedEntry previous, FieldSet wanted) {
    return previous.fields().equals(wanted) && previous.writer().equals(writer);
  }
}
