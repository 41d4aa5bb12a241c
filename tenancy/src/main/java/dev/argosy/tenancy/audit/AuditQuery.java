package dev.argosy.tenancy.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which entries are searched for; all conditions must hold.
 *
 * @param cluster the only one whose entries may be seen; empty for all
 * @param since no entry that came before
 * @param until no entry that came after
 */
public record AuditQuery(
    Optional<String> cluster,
    List<Condition> conditions,
    Optional<Instant> since,
    Optional<Instant> until) {

  /**
   * What a field must be, or must not.
   *
   * @throws IllegalArgumentException if the field is a number and the value is not
   */
  public record Condition(AuditField field, boolean equal, String value) {
    public Condition {
      if (field == AuditField.CODE) {
        Integer.parseInt(value);
      }
    }
  }

  public AuditQuery {
    conditions = List.copyOf(conditions);
  }
}
