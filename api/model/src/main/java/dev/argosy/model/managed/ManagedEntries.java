package dev.argosy.model.managed;

import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** All entries of one object. Immutable. */
record ManagedEntries(List<ManagedEntry> all) {

  static final ManagedEntries NONE = new ManagedEntries(List.of());

  /** More entries of updates than this are made fewer. */
  static final int MAX_UPDATES = 10;

  private static final String ANCIENT = "ancient-changes";

  ManagedEntries {
    all = List.copyOf(all);
  }

  /** The entries of {@code metadata.managedFields}; none if they make no sense. */
  static ManagedEntries read(@Nullable JsonNode list) {
    if (list == null || !list.isArray()) {
      return NONE;
    }
    try {
      List<ManagedEntry> entries = new ArrayList<>(list.size());
      for (JsonNode node : list) {
        ManagedEntry entry = ManagedEntry.read(node);
        entries.removeIf(other -> other.isOf(entry.writer(), entry.applied()));
        entries.add(entry);
      }
      return new ManagedEntries(entries);
    } catch (IllegalArgumentException | ClassCastException e) {
      return NONE;
    }
  }

  ArrayNode write() {
    ArrayNode list = Json.mapper().createArrayNode();
    all.stream().sorted(ManagedEntry.ORDER).forEach(entry -> list.add(entry.write()));
    return list;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  Optional<ManagedEntry> find(Writer writer, boolean applied) {
    return all.stream().filter(e -> e.isOf(writer, applied)).findFirst();
  }

  ManagedEntries without(Writer writer, boolean applied) {
    return new ManagedEntries(all.stream().filter(e -> !e.isOf(writer, applied)).toList());
  }

  /** Nobody owns these fields any more. */
  ManagedEntries withoutFields(FieldSet gone) {
    List<ManagedEntry> left = new ArrayList<>(all.size());
    for (ManagedEntry entry : all) {
      ManagedEntry rest = entry.without(gone);
      if (!rest.fields().isEmpty()) {
        left.add(rest);
      }
    }
    return new ManagedEntries(left);
  }

  /** With this entry; without it if it owns nothing. */
  ManagedEntries with(ManagedEntry entry) {
    List<ManagedEntry> more = new ArrayList<>(without(entry.writer(), entry.applied()).all);
    if (!entry.fields().isEmpty()) {
      more.add(entry);
    }
    return new ManagedEntries(more);
  }

  FieldSet owned() {
    FieldSet owned = FieldSet.EMPTY;
    for (ManagedEntry entry : all) {
      owned = owned.union(entry.fields());
    }
    return owned;
  }

  /**
   * At most {@link #MAX_UPDATES} entries of updates: the oldest of the same version become one, of
   * the manager {@code ancient-changes}.
   */
  ManagedEntries capped() {
    List<ManagedEntry> updates =
        all.stream()
            .filter(e -> !e.applied())
            .sorted(
                Comparator.comparingLong(ManagedEntry::second)
                    .thenComparing(e -> e.writer().manager()))
            .toList();
    ManagedEntries left = this;
    Map<String, ManagedEntry> oldest = new HashMap<>();
    for (ManagedEntry entry : updates) {
      if (left.updates() <= MAX_UPDATES) {
        return left;
      }
      String version = entry.writer().apiVersion();
      ManagedEntry first = oldest.get(version);
      ManagedEntry ancient = first == null ? entry : left.ancient(first, entry);
      if (first != null) {
        left = left.without(first.writer(), false).without(entry.writer(), false).with(ancient);
      }
      oldest.put(version, ancient);
    }
    return left;
  }

  private long updates() {
    return all.stream().filter(e -> !e.applied()).count();
  }

  private ManagedEntry ancient(ManagedEntry older, ManagedEntry newer) {
    Writer writer = new Writer(ANCIENT, newer.writer().apiVersion(), "");
    FieldSet before = find(writer, false).map(ManagedEntry::fields).orElse(FieldSet.EMPTY);
    FieldSet fields = before.union(older.fields()).union(newer.fields());
    return new ManagedEntry(writer, false, newer.time(), fields, null);
  }
}
