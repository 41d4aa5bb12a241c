package dev.argosy.model.managed;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fields that an applier wants to have other values than their owners gave them. */
final class Conflicts {

  /**
   * What one owner would lose.
   *
   * @param owner as messages name it
   */
  private record Loss(String owner, FieldSet fields) {}

  private final List<Loss> losses = new ArrayList<>();

  /** What others own of these fields. */
  static Conflicts of(ManagedEntries others, FieldSet changed) {
    Conflicts conflicts = new Conflicts();
    for (ManagedEntry entry : others.all()) {
      conflicts.add(entry.describe(), entry.fields().intersection(changed));
    }
    return conflicts;
  }

  private void add(String owner, FieldSet fields) {
    if (!fields.isEmpty()) {
      losses.add(new Loss(owner, fields));
    }
  }

  /** The conflicts besides those over these fields. */
  Conflicts besides(FieldSet allowed) {
    Conflicts left = new Conflicts();
    losses.forEach(loss -> left.add(loss.owner(), loss.fields().difference(allowed)));
    return left;
  }

  boolean isEmpty() {
    return losses.isEmpty();
  }

  /** The refusal, in the words that clients show. */
  Status status() {
    Map<String, List<String>> byOwner = new TreeMap<>();
    for (Loss loss : losses) {
      byOwner.computeIfAbsent(loss.owner(), o -> new ArrayList<>()).addAll(loss.fields().paths());
    }
    List<Cause> causes = new ArrayList<>();
    byOwner.forEach((owner, paths) ->
        paths.forEach(
            path -> causes.add(new Cause("FieldManagerConflict", "conflict with " + owner, path))));
    return new Status(
        Reason.CONFLICT,
        Reason.CONFLICT.code(),
        message(byOwner, causes),
        new GroupResource("", ""),
        "",
        causes,
        0);
  }

  private static String message(Map<String, List<String>> byOwner, List<Cause> causes) {
    if (causes.size() == 1) {
      Cause only = causes.getFirst();
      return "Apply failed with 1 conflict: " + only.message() + ": " + only.field();
    }
    List<String> lines = new ArrayList<>();
    byOwner.forEach((owner, paths) -> {
      lines.add("conflicts with " + owner + ":");
      paths.forEach(path -> lines.add("- " + path));
    });
    return "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines);
  }
}
