package dev.argosy.controllers.revision;

import java.util.List;
import java.util.Optional;

/**
 * The revisions of a set.
 *
 * @param newest of the present template
 * @param collisions how often a name was another's already, this pass included
 */
public record History(RevisionView newest, List<RevisionView> all, int collisions) {

  public History {
    all = List.copyOf(all);
  }

  /** The revision of that name, if it is still there. */
  public Optional<RevisionView> named(String name) {
    return name.equals(newest.name())
        ? Optional.of(newest)
        : all.stream().filter(r -> r.name().equals(name)).findFirst();
  }
}
