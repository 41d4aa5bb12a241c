package dev.argosy.server.history;

import dev.argosy.tenancy.history.RecordedRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which revision, of those between two, changed a place last.
 *
 * @param whole whether all of them were looked at
 */
record Trace(boolean whole, List<Made> changes) {

  static final Trace NONE = new Trace(false, List.of());

  /** A change, and the revision that made it. */
  record Made(JsonDiff.Step step, RecordedRevision by) {}

  /**
   * Of revisions that follow each other.
   *
   * @param contents what the object was
   */
  static Trace of(
      List<RecordedRevision> revisions, Function<RecordedRevision, ObjectNode> contents) {
    List<Made> all = new ArrayList<>();
    ObjectNode before = null;
    for (RecordedRevision revision : revisions) {
      ObjectNode after = Substance.reduce(contents.apply(revision));
      if (before != null) {
        JsonDiff.of(before, after).forEach(step -> all.add(new Made(step, revision)));
      }
      before = after;
    }
    return new Trace(true, all);
  }

  Optional<RecordedRevision> of(JsonDiff.Step step) {
    return changes.reversed().stream()
        .filter(made -> made.step().touches(step))
        .map(Made::by)
        .findFirst();
  }
}
