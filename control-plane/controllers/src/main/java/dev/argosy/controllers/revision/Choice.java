package dev.argosy.controllers.revision;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which revision the present template is. */
sealed interface Choice {

  /** The newest one there is. */
  record Newest(RevisionView revision) implements Choice {}

  /** An older one, which becomes the newest again. */
  record Again(RevisionView revision, long number) implements Choice {}

  /** One that has yet to be made. */
  record New(long number) implements Choice {}

  static Choice of(List<RevisionView> all, ObjectNode data) {
    Comparator<RevisionView> order =
        Comparator.comparingLong(RevisionView::number).thenComparing(RevisionView::name);
    Optional<RevisionView> newest = all.stream().max(order);
    if (newest.isEmpty()) {
      return new New(1);
    }
    long next = newest.get().number() + 1;
    return newest
        .filter(r -> r.says(data))
        .<Choice>map(Newest::new)
        .or(() -> all.stream().filter(r -> r.says(data)).max(order).map(r -> new Again(r, next)))
        .orElseGet(() -> new New(next));
  }
}
