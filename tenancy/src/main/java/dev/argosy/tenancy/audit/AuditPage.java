package dev.argosy.tenancy.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Entries, newest first, without bodies.
 *
 * @param next where the following page begins; empty if nothing follows
 */
public record AuditPage(List<AuditRecord> entries, Optional<Place> next) {

  /** The place of an entry in the order of searches: pages begin after it. */
  public record Place(Instant at, String cluster, long sequence) {
    static Place of(AuditRecord entry) {
      return new Place(entry.entry().at(), entry.cluster(), entry.sequence());
    }
  }

  public AuditPage {
    entries = List.copyOf(entries);
  }
}
