package dev.argosy.tenancy.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which revisions are looked for.
 *
 * @param cluster of this cluster alone
 * @param oldest what was replaced before that time is not told of any more
 * @param since recorded then or later
 * @param until recorded then or earlier
 */
public record RevisionQuery(
    String cluster,
    Instant oldest,
    List<Condition> conditions,
    Optional<Instant> since,
    Optional<Instant> until) {

  public RevisionQuery {
    conditions = List.copyOf(conditions);
  }

  /** All of a cluster. */
  public static RevisionQuery of(String cluster, Instant oldest) {
    return new RevisionQuery(cluster, oldest, List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * A field that has a value, or has not.
   *
   * @param value as the field has it
   */
  public record Condition(RevisionField field, boolean equal, String value) {}
}
